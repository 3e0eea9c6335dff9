import type { OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { judgeRead } from '../s3/conditions.ts'
import { S3Error } from '../s3/errors.ts'
import type { Headers } from '../s3/operation.ts'
import { type ByteRange, readRange } from '../s3/range.ts'

/** What goes to the viewer, before a policy works on its headers. */
export interface Answer {
  status: number
  headers: OutgoingHttpHeaders
  body?: Readable
}

/** An object, from the bucket or from the cache. */
export interface ServedObject {
  /** With its quotes. */
  etag: string
  /** ISO 8601. */
  lastModified: string
  byteSize: number
  headers: OutgoingHttpHeaders
  open(range?: ByteRange): Readable
}

/**
 * The answer to a GET of this object under the viewer's conditions and range.
 * @throws S3Error PreconditionFailed, InvalidRange
 */
export function readObject(object: ServedObject, headers: Headers): Answer {
  const { byteSize, etag, headers: about } = object
  const verdict = judgeRead(headers, object)
  if (verdict === 'not-modified') return { status: 304, headers: about }
  if (verdict !== 'send') {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: verdict.failed,
    })
  }
  const ifRange = headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? readRange(headers.range, byteSize) : undefined
  if (range === 'unsatisfiable') {
    throw new S3Error(
      'InvalidRange',
      'The requested range is not satisfiable',
      { RangeRequested: headers.range ?? '', ActualObjectSize: byteSize },
      { 'content-range': `bytes */${byteSize}` },
    )
  }
  if (!range) return { status: 200, headers: { ...about, 'content-length': byteSize }, body: object.open() }
  const { first, last } = range
  return {
    status: 206,
    headers: { ...about, 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${byteSize}` },
    body: object.open(range),
  }
}
