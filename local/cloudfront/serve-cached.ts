import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AwsError } from '../aws/errors.ts'
import type { Headers } from '../s3/operation.ts'
import { type CachePolicy, normalizeEncodings } from './cache-policy.ts'
import type { Behavior } from './distribution.ts'
import type { EdgeCache, Fetched, Kept } from './edge-cache.ts'
import { MAX_EDGE_CACHE_BYTES } from './limits.ts'
import { describeError, type Edge, type ErrorDocument, findAtOrigin, preflight } from './origin.ts'
import { type Answer, readObject, type ServedObject } from './read-object.ts'
import { errorTtl, objectTtl } from './time-to-live.ts'

/** How a request was served. Source: CloudFront developer guide, "Standard logging reference", x-edge-result-type. */
export type EdgeResult = 'Hit' | 'RefreshHit' | 'Miss' | 'Error'

/** What the edge keeps: an object, perhaps with its bytes, or the origin's error. */
export type Cached = (ServedObject & { inMemoryBytes?: number }) | ErrorDocument

/** A request as far as the origin or the cache are concerned. */
interface Asked {
  method: string
  /** Not decoded, without the query. */
  path: string
  headers: Headers
}

type CachingEdge = Edge & { cache: EdgeCache<Cached> }
type Served = Answer & { result: EdgeResult }

/**
 * How long errors are kept at least where the distribution does not say. Source: CloudFront developer guide, "Control
 * how long CloudFront caches errors".
 */
const DEFAULT_ERROR_TTL_SECONDS = 10

const BAD_REQUEST = 400
const SERVER_ERROR = 500
const MS_PER_SECOND = 1_000

/** Answers from the edge's cache where it can, else from the behaviour's bucket. Errors are answers too. */
export async function serveCached(edge: CachingEdge, behavior: Behavior, asked: Asked): Promise<Served> {
  try {
    if (asked.method === 'OPTIONS') return { ...preflight(edge, behavior, asked.headers), result: 'Miss' }
    const { found, result } = await find(edge, behavior, asked)
    const answer = answerWith(found.what, asked.headers)
    const ageMs = edge.context.clock.now() - found.sinceMs
    const age = result === 'Hit' ? { age: String(Math.floor(ageMs / MS_PER_SECOND)) } : {}
    const headers = { ...answer.headers, ...age }
    return { ...answer, headers, result: answer.status >= BAD_REQUEST ? 'Error' : result }
  } catch (error) {
    return { ...answerWith(describeError(error, edge), {}), result: 'Error' }
  }
}

function answerWith(what: Cached, headers: Headers): Answer {
  if (!isError(what)) return readObject(what, headers)
  return { status: what.status, headers: what.headers, body: Readable.from([what.text]) }
}

const isError = (what: Cached): what is ErrorDocument => 'text' in what

async function find(
  edge: CachingEdge,
  behavior: Behavior,
  { method, path, headers }: Asked,
): Promise<{ found: Fetched<Cached>; result: EdgeResult }> {
  const { cache } = edge
  const encodings = normalizeEncodings(behavior.cachePolicy, headers['accept-encoding'])
  const keyFor = (asked: string): string => [asked, path, encodings].join(' ')
  // A GET that is kept serves HEAD too; a HEAD brings no body, and serves HEAD alone.
  const key = keyFor(cache.find(keyFor('GET')) ? 'GET' : method)
  const kept = cache.find(key)
  if (kept && cache.isFresh(kept)) return { found: kept, result: 'Hit' }
  let result: EdgeResult = 'Miss'
  const { fetched, isShared } = await cache.fetch(key, path, async () => {
    const asking = await ask(edge, behavior, { path, isWhole: key === keyFor('GET'), kept })
    result = asking.result
    return asking.fetched
  })
  return { found: fetched, result: isShared ? 'Hit' : result }
}

/**
 * Asks the origin whether what has expired is still good, else for what there is now. While the origin fails, what has
 * expired is served on.
 */
async function ask(
  edge: Edge,
  behavior: Behavior,
  { path, isWhole, kept }: { path: string; isWhole: boolean; kept: Kept<Cached> | undefined },
): Promise<{ fetched: Fetched<Cached>; result: EdgeResult }> {
  const sinceMs = edge.context.clock.now()
  const expired = kept && !isError(kept.what) ? kept.what : undefined
  try {
    const object = await findAtOrigin(edge, behavior, path)
    const ttlSeconds = objectTtl(object.headers, behavior.cachePolicy, sinceMs)
    if (expired?.etag === object.etag) {
      return { fetched: { what: { ...expired, headers: object.headers }, ttlSeconds, sinceMs }, result: 'RefreshHit' }
    }
    return { fetched: await take(object, isWhole, { ttlSeconds, sinceMs }), result: 'Miss' }
  } catch (error) {
    const document = describeError(error, edge)
    const { status, headers } = document
    const minTtl = edge.distribution.errorTtlSeconds.get(status) ?? DEFAULT_ERROR_TTL_SECONDS
    if (kept && expired && status >= SERVER_ERROR) {
      return { fetched: { what: expired, ttlSeconds: minTtl, sinceMs: kept.sinceMs }, result: 'Hit' }
    }
    // A failure of this machine's is told, and nobody but S3 says what is kept.
    const isKept = isCaching(behavior.cachePolicy) && error instanceof AwsError
    const ttlSeconds = isKept ? errorTtl(status, headers, minTtl) : undefined
    return { fetched: { what: document, ttlSeconds, sinceMs }, result: 'Error' }
  }
}

const isCaching = ({ maxTtlSeconds }: CachePolicy): boolean => maxTtlSeconds > 0

/** Reads the body where it is to be kept; what is too large for that goes from the disk to the viewer. */
async function take(
  object: ServedObject,
  isWhole: boolean,
  about: Pick<Fetched<Cached>, 'ttlSeconds' | 'sinceMs'>,
): Promise<Fetched<Cached>> {
  if (about.ttlSeconds === undefined || !isWhole) return { what: object, ...about }
  if (object.byteSize > MAX_EDGE_CACHE_BYTES) return { what: object, ...about, ttlSeconds: undefined }
  const body = await buffer(object.open())
  const open: ServedObject['open'] = ({ first, last } = { first: 0, last: body.length - 1 }) =>
    Readable.from(body.length === 0 ? [] : [body.subarray(first, last + 1)])
  return { what: { ...object, open, inMemoryBytes: body.length }, ...about }
}
