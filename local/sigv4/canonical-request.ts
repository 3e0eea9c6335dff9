import { posix } from 'node:path'

/** What a canonical request is made of. */
export interface CanonicalParts {
  method: string
  /** Path and query as they came over the wire. */
  url: string
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  /** Lower-case names, in the order in which they were listed. */
  signedHeaders: string[]
  payloadHash: string
  /** S3 encodes the path once and keeps `//` and `..`; every other service normalizes it and encodes it twice. */
  encodePathTwice: boolean
}

/** The signature can't be part of what it signs. */
const SIGNATURE_PARAMETER = 'X-Amz-Signature'

/** RFC 3986: everything but the unreserved characters, upper-case hex. */
export const encodeStrictly = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** `+` is a space, as in forms; a broken escape stands for itself. */
function decodeQueryPart(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function decodePathSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

export function splitUrl(url: string): { path: string; query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

/** Name and value of every query parameter, decoded, in the order they came. */
export function readQuery(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0
        ? [decodeQueryPart(pair), '']
        : [decodeQueryPart(pair.slice(0, equals)), decodeQueryPart(pair.slice(equals + 1))]
    })
}

function canonicalPath(path: string, encodeTwice: boolean): string {
  if (!encodeTwice)
    return path
      .split('/')
      .map((segment) => encodeStrictly(decodePathSegment(segment)))
      .join('/')
  const normalized = posix.normalize(path === '' ? '/' : path)
  return normalized.split('/').map(encodeStrictly).join('/')
}

function canonicalQuery(query: string): string {
  return readQuery(query)
    .filter(([name]) => name !== SIGNATURE_PARAMETER)
    .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** By code unit: the encoded text is ASCII. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A listed header that was not sent counts as empty, and so the signature can't match. */
const canonicalHeader = (value: string | undefined): string => (value ?? '').trim().replace(/ {2,}/g, ' ')

/** Source: IAM user guide, "Create a signed AWS API request", step 1. */
export function canonicalRequest(parts: CanonicalParts): string {
  const { path, query } = splitUrl(parts.url)
  const names = [...parts.signedHeaders].sort(compare)
  return [
    parts.method,
    canonicalPath(path, parts.encodePathTwice),
    canonicalQuery(query),
    ...names.map((name) => `${name}:${canonicalHeader(parts.headers[name])}`),
    '',
    names.join(';'),
    parts.payloadHash,
  ].join('\n')
}
