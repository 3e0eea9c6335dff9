import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { crc32 } from 'node:zlib'
import type { Caller } from './caller.ts'
import { SignatureError, type Log, type SignatureFault, type SignatureVerifier } from './context.ts'
import { AwsError, NotImplemented } from './errors.ts'
import { isRecord } from './json.ts'
import type { JsonService } from './json-service.ts'

/** A service behind the port, and the name under which its requests are signed. */
export interface PortedService {
  service: JsonService
  /** The service's part of the credential scope, e.g. `cognito-idp`. */
  signingName: string
  /** Namespace that its own errors carry in `__type`; none for services of JSON 1.1. */
  errorNamespace?: string
}

/** A service of a REST protocol; all of its requests are signed. */
export interface PortedRestService {
  pathPrefix: string
  signingName: string
  /** Answers errors of the service's own too. */
  answer(
    request: { method: string; url: string; headers: Record<string, string | undefined>; body: string },
    caller: Caller,
  ): Promise<RestAnswer>
  /** Writes an error that comes before the service, e.g. of a signature. @default as JSON */
  writeError?(error: AwsError): RestAnswer
}

interface RestAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
}

export interface JsonPortOptions {
  services: PortedService[]
  signatures: SignatureVerifier
  region: string
  log: Log
  /** Public documents by path, e.g. a user pool's keys. */
  documents?: (url: string) => { status: number; body: unknown } | undefined
  /** Services of AWS's REST protocols, told apart by the beginning of their paths. */
  restServices?: PortedRestService[]
}

/** Largest request body, in bytes: 16 MiB, DynamoDB's limit and the largest of the services behind the port. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024
/** How long a browser may keep a preflight's answer, in seconds: two days, as DynamoDB says. */
const PREFLIGHT_MAX_AGE_SECONDS = 172_800
/** Namespace of the errors that every AWS service of JSON 1.0 shares. */
const COMMON_NAMESPACE = 'com.amazon.coral.service'

const SIGNATURE_ERRORS: Record<SignatureFault, string> = {
  missing: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  'unknown-access-key': 'UnrecognizedClientException',
  'wrong-session-token': 'UnrecognizedClientException',
  'wrong-scope': 'InvalidSignatureException',
  'clock-skew': 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
  'body-hash-mismatch': 'InvalidSignatureException',
}
const COMMON_ERRORS = new Set([
  ...Object.values(SIGNATURE_ERRORS),
  'SerializationException',
  'UnknownOperationException',
  'AccessDeniedException',
  'NotImplemented',
])

/** Answers AWS's JSON protocol for every service, told apart by `X-Amz-Target`. */
export function createJsonPort(options: JsonPortOptions): RequestListener {
  const services = new Map(options.services.map((ported) => [ported.service.targetPrefix, ported]))
  return (request, response) => {
    const url = request.url ?? '/'
    response.setHeader('x-amzn-requestid', randomUUID())
    if (request.headers.origin !== undefined) allowOrigin(request, response)
    if (request.method === 'OPTIONS') return void response.writeHead(200, { 'content-length': 0 }).end()
    const rest = options.restServices?.find(({ pathPrefix }) => url.startsWith(pathPrefix))
    if (rest) {
      answerRest(rest, request, response, options).catch((cause: unknown) => {
        const error = asAwsError(cause, `${rest.signingName} ${url}`, options.log)
        if (rest.writeError && !response.destroyed) sendRest(response, rest.writeError(error))
        else sendError(response, undefined, error)
      })
      return
    }
    if (request.method !== 'POST') return answerDocument(options.documents?.(url), response)

    const target = String(request.headers['x-amz-target'] ?? '')
    const dot = target.lastIndexOf('.')
    const ported = services.get(target.slice(0, dot))
    receive(request)
      .then((body) => perform(ported, target, body, request, options))
      .then((output) => send(response, 200, ported, output))
      .catch((error: unknown) => sendError(response, ported, asAwsError(error, target, options.log)))
  }
}

async function answerRest(
  rest: PortedRestService,
  request: IncomingMessage,
  response: ServerResponse,
  options: JsonPortOptions,
): Promise<void> {
  const body = await receive(request)
  const caller = verify(request, body, rest.signingName, options)
  const asked = { method: request.method ?? 'GET', url: request.url ?? '/', headers: headersOf(request) }
  const answer = await rest.answer({ ...asked, body: body.toString('utf8') }, caller)
  sendRest(response, answer)
}

function sendRest(response: ServerResponse, { statusCode, headers, body }: RestAnswer): void {
  response.writeHead(statusCode, headers).end(body)
}

function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  )
}

async function perform(
  ported: PortedService | undefined,
  target: string,
  body: Buffer,
  request: IncomingMessage,
  options: JsonPortOptions,
): Promise<Record<string, unknown>> {
  if (!ported) {
    throw new AwsError(
      'UnknownOperationException',
      `No service of the local run knows the target ${JSON.stringify(target)}`,
    )
  }
  const { service } = ported
  const operation = target.slice(service.targetPrefix.length + 1)
  const caller: Caller = service.unsignedOperations?.has(operation)
    ? { kind: 'anonymous' }
    : verify(request, body, ported.signingName, options)
  const input = parse(body)
  options.log('debug', ported.signingName, operation)
  return service.call(operation, input, caller)
}

function verify(request: IncomingMessage, body: Buffer, service: string, options: JsonPortOptions): Caller {
  try {
    return options.signatures.verify(
      {
        method: request.method ?? 'POST',
        url: request.url ?? '/',
        headers: headersOf(request),
        bodySha256: createHash('sha256').update(body).digest('hex'),
      },
      { service, region: options.region },
    ).caller
  } catch (error) {
    if (error instanceof SignatureError) throw new AwsError(SIGNATURE_ERRORS[error.fault], error.message)
    throw error
  }
}

function parse(body: Buffer): Record<string, unknown> {
  let input: unknown
  try {
    input = JSON.parse(body.toString('utf8'))
  } catch {
    throw new AwsError('SerializationException', 'Expected a JSON object as the request body, received something else')
  }
  if (!isRecord(input)) throw new AwsError('SerializationException', 'Expected a JSON object as the request body')
  return input
}

async function receive(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    // What is too much is read and dropped: the client then hears the answer instead of a broken connection.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  if (size > MAX_BODY_BYTES) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Expected a request of at most ${MAX_BODY_BYTES} bytes, received ${size}`,
      413,
    )
  }
  return Buffer.concat(chunks)
}

/** What is no AwsError is our own fault: it is logged in full, and the client learns nothing of it. */
function asAwsError(error: unknown, target: string, log: Log): AwsError {
  if (error instanceof NotImplemented) log('warn', 'aws', error.message, { target })
  if (error instanceof AwsError) {
    return error.code === 'AccessDenied' ? new AwsError('AccessDeniedException', error.message) : error
  }
  log('error', 'aws', `${target} failed`, { error: error instanceof Error ? error.stack : String(error) })
  return new AwsError('InternalServerError', 'The local run failed to answer; its log says why', 500)
}

function sendError(response: ServerResponse, ported: PortedService | undefined, error: AwsError): void {
  if (response.destroyed) return
  response.setHeader('x-amzn-errortype', error.code)
  if ('headers' in error && isRecord(error.headers)) {
    for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, String(value))
  }
  send(response, error.statusCode, ported, { ...error.members, __type: typeOf(error, ported), message: error.message })
}

/** `__type`: the error's own, else its name with the service's namespace before it. */
function typeOf(error: AwsError, ported: PortedService | undefined): string {
  if ('type' in error && typeof error.type === 'string') return error.type
  if (ported?.errorNamespace === undefined) return error.code
  return `${COMMON_ERRORS.has(error.code) ? COMMON_NAMESPACE : ported.errorNamespace}#${error.code}`
}

function send(response: ServerResponse, status: number, ported: PortedService | undefined, output: unknown): void {
  const body = Buffer.from(JSON.stringify(output))
  response
    .writeHead(status, {
      'content-type': `application/x-amz-json-${ported?.service.jsonVersion ?? '1.0'}`,
      'content-length': body.length,
      'x-amz-crc32': crc32(body),
    })
    .end(body)
}

function answerDocument(document: { status: number; body: unknown } | undefined, response: ServerResponse): void {
  const { status, body } = document ?? { status: 404, body: { message: 'Nothing is served here' } }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text)
}

function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-expose-headers', 'x-amzn-requestid, x-amzn-errortype, date')
  if (request.method !== 'OPTIONS') return
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*')
  response.setHeader('access-control-max-age', PREFLIGHT_MAX_AGE_SECONDS)
}
