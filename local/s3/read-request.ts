import type { IncomingMessage } from 'node:http'
import { readQuery, splitUrl } from '../sigv4/canonical-request.ts'
import { S3Error } from './errors.ts'
import { MAX_KEY_BYTES } from './limits.ts'
import type { Headers } from './operation.ts'

/** Path-style: `/<bucket>/<key>`. */
export interface Target {
  bucketName?: string
  key: string
  query: ReadonlyMap<string, string>
}

export function readHeaders(http: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(http.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  )
}

/** @throws S3Error InvalidURI, KeyTooLongError */
export function readTarget(url: string): Target {
  const { path, query } = splitUrl(url)
  const [, bucket = '', ...segments] = decodePath(path).split('/')
  const key = segments.join('/')
  const byteSize = Buffer.byteLength(key)
  if (byteSize > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', { Size: byteSize, MaxSizeAllowed: MAX_KEY_BYTES })
  }
  return { bucketName: bucket === '' ? undefined : bucket, key, query: new Map(readQuery(query)) }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new S3Error('InvalidURI', `Couldn't parse the specified URI: ${path}`)
  }
}
