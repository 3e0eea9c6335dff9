import type { Headers } from './operation.ts'

/** What a reader's conditional headers come to. Source: RFC 9110, section 13.2.2. */
export type ReadVerdict = 'send' | 'not-modified' | { failed: string }

const listed = (header: string, etag: string): boolean =>
  header
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === '*' || each === etag || each === etag.slice(1, -1))

/** HTTP dates have whole seconds. */
const MS_PER_SECOND = 1000
const seconds = (date: string): number => Math.floor(Date.parse(date) / MS_PER_SECOND)

/**
 * @param etag with its quotes
 * @param lastModified ISO 8601
 */
export function judgeRead(
  headers: Headers,
  { etag, lastModified }: { etag: string; lastModified: string },
): ReadVerdict {
  const ifMatch = headers['if-match']
  const ifUnmodifiedSince = headers['if-unmodified-since']
  if (ifMatch !== undefined && !listed(ifMatch, etag)) return { failed: 'If-Match' }
  if (ifMatch === undefined && ifUnmodifiedSince !== undefined && seconds(lastModified) > seconds(ifUnmodifiedSince)) {
    return { failed: 'If-Unmodified-Since' }
  }
  const ifNoneMatch = headers['if-none-match']
  if (ifNoneMatch !== undefined) return listed(ifNoneMatch, etag) ? 'not-modified' : 'send'
  const ifModifiedSince = headers['if-modified-since']
  return ifModifiedSince !== undefined && seconds(lastModified) <= seconds(ifModifiedSince) ? 'not-modified' : 'send'
}

/** Whether an `If-Match` of a write names this ETag. */
export const matchesEtag = (header: string, etag: string): boolean => listed(header, etag)
