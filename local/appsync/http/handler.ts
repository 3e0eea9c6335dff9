import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ServiceContext } from '../../aws/context.ts'
import { NotImplemented } from '../../aws/errors.ts'
import { authenticate } from '../auth/authenticate.ts'
import type { ApiDefinition } from '../definition.ts'
import { RequestRefused } from '../errors.ts'
import type { Documents } from '../graphql/documents.ts'
import { executeOperation, type Executed, prepareOperation } from '../graphql/execute-operation.ts'
import { allowAnyOrigin, answerPreflight } from './cors.ts'
import { readBody, readGraphqlRequest } from './read-request.ts'

export const GRAPHQL_PATH = '/graphql'
const OK = 200
const NOT_FOUND = 404
const METHOD_NOT_ALLOWED = 405
const INTERNAL_ERROR = 500
const SERVICE_UNAVAILABLE = 503

/** A deployed API with what serving it takes. */
export interface ServedApi {
  api: ApiDefinition
  documents: Documents
}

/** GraphQL over HTTP: `POST /graphql`. */
export function createHttpHandler({
  context,
  served,
  published,
}: {
  context: ServiceContext
  /** Undefined until something is deployed. */
  served: () => ServedApi | undefined
  /** Told of every executed request before it is answered: subscribers never lag behind the caller. */
  published: (executed: Executed) => void
}): RequestListener {
  /** What goes wrong with subscribers is no fault of the caller's. */
  const tell = (executed: Executed): void => {
    try {
      published(executed)
    } catch (error) {
      context.log('error', 'appsync', 'an event was not delivered', {
        error: error instanceof Error ? error.stack : String(error),
      })
    }
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const now = served()
    if (!now)
      throw new RequestRefused(SERVICE_UNAVAILABLE, 'ServiceUnavailableException', 'No GraphQL API is deployed yet.')
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname !== GRAPHQL_PATH)
      throw new RequestRefused(
        NOT_FOUND,
        'NotFoundException',
        `Expected the path ${GRAPHQL_PATH}, received ${pathname}.`,
      )
    if (request.method === 'OPTIONS') return answerPreflight(response, now.api.modes)
    if (request.method !== 'POST') {
      throw new RequestRefused(
        METHOD_NOT_ALLOWED,
        'MethodNotAllowedException',
        `Expected POST, received ${String(request.method)}.`,
      )
    }
    const body = await readBody(request)
    const headers = flatHeaders(request)
    const sourceIp = request.socket.remoteAddress ?? ''
    const principal = authenticate({ headers, url: request.url ?? GRAPHQL_PATH, body, sourceIp }, now.api, context)
    const prepared = prepareOperation(readGraphqlRequest(body.toString('utf8')), now.api, now.documents)
    if ('errors' in prepared) return send(response, OK, { data: null, errors: prepared.errors })
    const executed = await executeOperation(prepared, { principal, headers }, now.api, context)
    tell(executed)
    for (const [name, value] of Object.entries(executed.scope.responseHeaders)) response.setHeader(name, value)
    send(response, OK, executed.answer)
  }
  return (request, response) => {
    allowAnyOrigin(response)
    response.setHeader('x-amzn-requestid', randomUUID())
    answer(request, response).catch((error: unknown) => {
      sendError(response, error, context)
    })
  }
}

/** One value a header, lower-case names. */
function flatHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value ?? '',
    ]),
  )
}

function send(response: ServerResponse, statusCode: number, body: unknown): void {
  response.writeHead(statusCode, { 'content-type': 'application/json;charset=UTF-8' }).end(JSON.stringify(body))
}

function sendError(response: ServerResponse, error: unknown, context: ServiceContext): void {
  const { statusCode, errorType, message } = refusalOf(error)
  if (statusCode === INTERNAL_ERROR)
    context.log('error', 'appsync', 'request failed', { error: error instanceof Error ? error.stack : String(error) })
  if (response.headersSent) return void response.destroy()
  response.setHeader('x-amzn-errortype', errorType)
  send(response, statusCode, { errors: [{ errorType, message }] })
}

function refusalOf(error: unknown): { statusCode: number; errorType: string; message: string } {
  if (error instanceof RequestRefused) return error
  if (error instanceof NotImplemented)
    return { statusCode: error.statusCode, errorType: error.code, message: error.message }
  return { statusCode: INTERNAL_ERROR, errorType: 'InternalFailure', message: 'An internal failure occurred.' }
}
