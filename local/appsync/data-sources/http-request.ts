import { NotImplemented } from '../../aws/errors.ts'
import { encodeStrictly } from '../../sigv4/canonical-request.ts'
import { mappingError } from '../errors.ts'
import { readMap, readObject, readOptional } from './request-shape.ts'

/** The request object of a resolver on an HTTP data source, read. */
export interface HttpRequestObject {
  method: string
  /** Begins with a slash; has neither query nor fragment. */
  path: string
  /** Encoded, without the question mark; empty for none. */
  query: string
  /** Lower-case names. */
  headers: Record<string, string>
  body?: string
}

const MEMBERS = ['version', 'method', 'resourcePath', 'params']
const PARAMS = ['query', 'headers', 'body']
const METHODS: readonly unknown[] = ['PUT', 'POST', 'GET', 'DELETE', 'PATCH']

/**
 * Headers that AppSync sets itself, as they are written and as AWS's list of them writes them.
 * Source: developer guide, "JavaScript resolver function reference for HTTP".
 */
const APPSYNC_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'user-agent',
  'expect',
  'expectation',
  'transfer-encoding',
  'content-length',
])

/** Source: developer guide, "JavaScript resolver function reference for HTTP". */
const CONTENT_TYPES: ReadonlySet<string> = new Set([
  'application/xml',
  'application/json',
  'application/soap+xml',
  'application/x-amz-json-1.0',
  'application/x-amz-json-1.1',
  'application/vnd.api+json',
  'application/x-ndjson',
])

/**
 * Reads `{method, resourcePath, params: {query, headers, body}}`.
 * @throws FieldError `MappingTemplate` for a request that can't be read; NotImplemented by name
 */
export function readHttpRequest(request: unknown): HttpRequestObject {
  const { method, resourcePath, params } = readObject(request, '$', MEMBERS)
  if (typeof method !== 'string' || !METHODS.includes(method))
    throw mappingError(`Unsupported method '${String(method)}'. Expected one of ${METHODS.join(', ')}.`)
  const { query, headers, body } = readObject(params ?? {}, '$[params]', PARAMS)
  return {
    method,
    path: readPath(resourcePath),
    query: readQuery(query),
    headers: readHeaders(headers),
    ...(body !== undefined && body !== null && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }
}

/** A path that begins with anything but a slash could name another host. */
function readPath(value: unknown): string {
  const path = readOptional<string>(value, '$[resourcePath]', 'string')
  if (path === undefined) throw mappingError("Value for field '$[resourcePath]' not found.")
  if (!path.startsWith('/'))
    throw mappingError(`Expected '$[resourcePath]' to begin with a slash, received ${JSON.stringify(path)}.`)
  if (/[?#]/.test(path)) throw new NotImplemented('AppSync HTTP resourcePath with a query or a fragment')
  return path
}

function readQuery(value: unknown): string {
  return Object.entries(readMap(value ?? {}, '$[params][query]'))
    .map(([name, one]) => {
      if (typeof one === 'object')
        throw new NotImplemented('AppSync HTTP query parameter that is a list, an object or null')
      return `${encodeStrictly(name)}=${encodeStrictly(String(one))}`
    })
    .join('&')
}

function readHeaders(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, one] of Object.entries(readMap(value ?? {}, '$[params][headers]'))) {
    const lower = name.toLowerCase()
    const text = readOptional<string>(one, `$[params][headers][${name}]`, 'string')
    if (APPSYNC_HEADERS.has(lower.replaceAll('_', '-')))
      throw mappingError(`Expected no header that AppSync sets itself, received ${name}.`)
    if (text !== undefined) headers[lower] = text
  }
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? 'none'
  if (!CONTENT_TYPES.has(type) && !type.startsWith('text/'))
    throw new NotImplemented(`AppSync HTTP request of the content type ${type}`)
  return headers
}
