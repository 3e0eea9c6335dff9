import type { ServerResponse } from 'node:http'
import type { AuthMode } from '../definition.ts'

/** How long a browser keeps the answer to a preflight request, in seconds: a day. */
const MAX_AGE_SECONDS = 86_400

/** Headers that each mode's clients send. */
const HEADERS_OF_MODE: Record<AuthMode, string[]> = {
  AMAZON_COGNITO_USER_POOLS: ['authorization'],
  AWS_IAM: ['authorization', 'x-amz-date', 'x-amz-security-token'],
  API_KEY: ['x-api-key'],
}
const ALWAYS_ALLOWED = ['content-type', 'x-amz-user-agent']
/** Headers of an answer that scripts may read. */
const EXPOSED = ['x-amzn-requestid', 'x-amzn-errortype']

/** Lets any origin in, on errors too: AppSync's protection is authorization. */
export function allowAnyOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-expose-headers', EXPOSED.join(','))
}

/** Answers a preflight request. */
export function answerPreflight(response: ServerResponse, modes: ReadonlySet<AuthMode>): void {
  const headers = new Set([...ALWAYS_ALLOWED, ...[...modes].flatMap((mode) => HEADERS_OF_MODE[mode])])
  response.setHeader('access-control-allow-methods', 'POST,OPTIONS')
  response.setHeader('access-control-allow-headers', [...headers].join(','))
  response.setHeader('access-control-max-age', String(MAX_AGE_SECONDS))
  response.writeHead(200).end()
}
