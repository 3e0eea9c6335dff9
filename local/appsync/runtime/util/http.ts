import { current } from '../current.ts'
import { MAX_RESPONSE_HEADER_BYTES } from '../limits.ts'
import { RuntimeFault } from '../signals.ts'
import { isPlainObject, kindOf } from '../to-json.ts'
import { expectString } from './text.ts'

/** Headers that a client's request carries for AppSync itself. Source: developer guide, "HTTP helpers in util.http". */
const RESTRICTED_REQUEST_HEADERS: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'keep-alive',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'content-length',
])

/** Headers of the response that are AppSync's. */
const RESTRICTED_RESPONSE_HEADERS: ReadonlySet<string> = new Set([
  ...RESTRICTED_REQUEST_HEADERS,
  'content-type',
  'content-encoding',
  'date',
  'server',
  'trailer',
  'via',
])

const RESTRICTED_PREFIXES = ['x-amzn-', 'x-amz-']

/** The client's headers, without those that can't be passed on to an HTTP endpoint. */
export function copyHeaders(headers: unknown): Record<string, unknown> {
  if (!isPlainObject(headers)) throw new RuntimeFault(`expected headers to be an object, got ${kindOf(headers)}`)
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !RESTRICTED_REQUEST_HEADERS.has(name.toLowerCase()))
  )
}

/** Adds a header to the HTTP response; of one name the last counts, all count towards the size. */
export function addResponseHeader(name: unknown, value: unknown): void {
  const header = expectString(name, 'the name of a response header')
  const lower = header.toLowerCase()
  if (RESTRICTED_RESPONSE_HEADERS.has(lower) || RESTRICTED_PREFIXES.some((prefix) => lower.startsWith(prefix))) {
    throw new RuntimeFault(`expected a response header that is not AppSync's own, got ${header}`)
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  const evaluation = current()
  evaluation.responseHeaderBytes += Buffer.byteLength(header) + Buffer.byteLength(text)
  if (evaluation.responseHeaderBytes > MAX_RESPONSE_HEADER_BYTES) {
    throw new RuntimeFault(
      `expected at most ${MAX_RESPONSE_HEADER_BYTES} bytes of response headers, got ${evaluation.responseHeaderBytes}`
    )
  }
  for (const known of Object.keys(evaluation.responseHeaders)) {
    if (known.toLowerCase() === lower) delete evaluation.responseHeaders[known]
  }
  evaluation.responseHeaders[header] = text
}

export function addResponseHeaders(headers: unknown): void {
  if (!isPlainObject(headers)) throw new RuntimeFault(`expected headers to be an object, got ${kindOf(headers)}`)
  for (const [name, value] of Object.entries(headers)) addResponseHeader(name, value)
}
