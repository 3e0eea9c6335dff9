import type { IncomingMessage } from 'node:http'
import { isRecord } from '../../aws/json.ts'
import { RequestRefused } from '../errors.ts'
import type { GraphqlRequest } from '../graphql/execute-operation.ts'
import { MAX_REQUEST_BYTES } from '../limits.ts'

const BAD_REQUEST = 400
const CONTENT_TOO_LARGE = 413

/** @throws RequestRefused 413 for a body over the limit */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_REQUEST_BYTES) {
      throw new RequestRefused(
        CONTENT_TOO_LARGE,
        'RequestEntityTooLargeException',
        `Expected a body of at most ${MAX_REQUEST_BYTES} bytes, received more.`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @throws RequestRefused MalformedHttpRequestException; lists of requests are refused as well */
export function readGraphqlRequest(body: string): GraphqlRequest {
  if (body.trim() === '') throw malformed('Request body is empty.')
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw malformed('Unable to parse GraphQL query.')
  }
  if (!isRecord(parsed) || typeof parsed.query !== 'string' || parsed.query.trim() === '')
    throw malformed('Unable to parse GraphQL query.')
  const { query, variables, operationName } = parsed
  if (variables !== undefined && variables !== null && !isRecord(variables))
    throw malformed('Variables are invalid JSON. Expected an object.')
  return {
    query,
    variables: isRecord(variables) ? variables : {},
    operationName: typeof operationName === 'string' && operationName !== '' ? operationName : undefined,
  }
}

const malformed = (message: string) => new RequestRefused(BAD_REQUEST, 'MalformedHttpRequestException', message)
