import type { IncomingMessage } from 'node:http'
import { isRecord } from '../../aws/json.ts'
import type { ServiceContext } from '../../aws/context.ts'
import { authenticate } from '../auth/authenticate.ts'
import type { ApiDefinition } from '../definition.ts'
import { RequestRefused } from '../errors.ts'
import { GRAPHQL_PATH } from '../http/handler.ts'
import type { MessageError } from './messages.ts'

export const REALTIME_PATH = `${GRAPHQL_PATH}/realtime`
/** The one subprotocol; a client that gets none selected retries for ever. */
export const SUBPROTOCOL = 'graphql-ws'
const HEADER_SUBPROTOCOL_PREFIX = 'header-'
/** What an IAM signature covers on connect: `POST <endpoint>/connect` with this body. */
const CONNECT_PATH = `${GRAPHQL_PATH}/connect`
const EMPTY_PAYLOAD = '{}'
/** `errorCode` of AppSync's connection errors, as its clients report them. */
const BAD_REQUEST = 400

/**
 * Checks who connects, by the header that stands in a subprotocol (`header-<base64url>`) or in the query
 * (`?header=<base64>&payload=e30=`).
 * @returns undefined when the caller may come in, else what the `connection_error` says
 */
export function checkHandshake(
  request: IncomingMessage,
  api: ApiDefinition,
  context: ServiceContext,
): MessageError | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  if (offered.length === 0) return { message: 'NoProtocolError', errorCode: BAD_REQUEST }
  if (!offered.includes(SUBPROTOCOL)) return { message: 'SubProtocolNotSupportedError', errorCode: BAD_REQUEST }
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const inProtocol = offered
    .find((name) => name.startsWith(HEADER_SUBPROTOCOL_PREFIX))
    ?.slice(HEADER_SUBPROTOCOL_PREFIX.length)
  const header = decodeJson(inProtocol ?? searchParams.get('header') ?? undefined)
  if (!header) return { message: 'Required headers are missing.', errorCode: BAD_REQUEST }
  const payload = searchParams.get('payload')
  const body = payload === null ? EMPTY_PAYLOAD : Buffer.from(payload, 'base64').toString('utf8')
  try {
    authenticate(
      { headers: lowerCaseNames(header), url: CONNECT_PATH, body, sourceIp: request.socket.remoteAddress ?? '' },
      api,
      context,
    )
    return undefined
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error
    return { errorType: error.errorType, message: error.message, errorCode: error.statusCode }
  }
}

/** Base64, of either alphabet, of a JSON object. */
function decodeJson(encoded: string | undefined): Record<string, unknown> | undefined {
  if (encoded === undefined) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function lowerCaseNames(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
}
