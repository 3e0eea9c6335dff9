import type { Caller } from '../aws/caller.ts'
import { AwsError, NotImplemented } from '../aws/errors.ts'
import { LATEST } from './environment-variables.ts'
import { LambdaError } from './errors.ts'
import type { Lambda } from './lambda.ts'

/** A request of Lambda's REST API; whoever listens has checked its signature. */
export interface RestRequest {
  method: string
  /** Path and query, not decoded. */
  url: string
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  body: string
}

export interface RestResponse {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/** Date in the path of Lambda's API version, by which a listener tells Lambda's requests from others. */
export const LAMBDA_PATH_PREFIX = '/2015-03-31/'

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?(.*))?$/
/** How much of a broken payload an error quotes. */
const QUOTED_CHARACTERS = 40
const JSON_CONTENT = { 'content-type': 'application/json' }

function parsePayload(body: string): unknown {
  if (body === '') return null
  try {
    return JSON.parse(body) as unknown
  } catch {
    const received = JSON.stringify(body.slice(0, QUOTED_CHARACTERS))
    throw new LambdaError('InvalidRequestContentException', `The payload must be JSON, received ${received}`)
  }
}

async function invoke(lambda: Lambda, request: RestRequest, caller: Caller): Promise<RestResponse> {
  const match = INVOKE_PATH.exec(request.url)
  if (!match || request.method !== 'POST') {
    throw new NotImplemented(`Lambda ${request.method} ${request.url.split('?')[0] ?? ''}`)
  }
  const qualifier = new URLSearchParams(match[2]).get('Qualifier') ?? LATEST
  const name = decodeURIComponent(match[1] ?? '')
  if (qualifier !== LATEST) {
    throw new LambdaError('ResourceNotFoundException', `Function not found: ${name}:${qualifier}`)
  }
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse'
  if (type === 'DryRun') {
    lambda.authorize(name, caller)
    return { statusCode: 204, headers: {}, body: '' }
  }
  if (type !== 'RequestResponse') throw new NotImplemented(`Lambda invocation type ${type}`)
  const result = await lambda.invoke(name, parsePayload(request.body), caller)
  const log = Buffer.from(result.logTail).toString('base64')
  return {
    statusCode: 200,
    headers: {
      ...JSON_CONTENT,
      'x-amz-executed-version': LATEST,
      ...(result.functionError && { 'x-amz-function-error': result.functionError }),
      ...(request.headers['x-amz-log-type'] === 'Tail' && { 'x-amz-log-result': log }),
    },
    body: JSON.stringify(result.payload),
  }
}

/** Answers one request as Lambda's API does, errors too. */
export async function handleRest(lambda: Lambda, request: RestRequest, caller: Caller): Promise<RestResponse> {
  try {
    return await invoke(lambda, request, caller)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return {
      statusCode: error.statusCode,
      headers: { ...JSON_CONTENT, 'x-amzn-errortype': error.code },
      body: JSON.stringify({ Type: 'User', message: error.message, ...error.members }),
    }
  }
}
