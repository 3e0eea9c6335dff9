import { judgeRead } from './conditions.ts'
import { preconditionFailed } from './commit-version.ts'
import { notEmulated, S3Error } from './errors.ts'
import { findReadableVersion } from './find-version.ts'
import { checksumHeaders, objectHeaders, quotedEtag } from './object-headers.ts'
import type { Operation, S3Request } from './operation.ts'
import { readRange } from './range.ts'

/** Query parameters by which a signed GET replaces headers of the answer. Source: S3 API reference, GetObject. */
const RESPONSE_OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
]

/** GetObject and HeadObject: the server leaves out the body of the latter. */
export const getObject: Operation = async (state, request, bucket) => {
  const { headers, query, key } = request
  if (query.has('partNumber')) throw notEmulated('partNumber')
  const version = findReadableVersion(state, request, bucket, key, query.get('versionId'))
  const about = { ...objectHeaders(version, bucket), ...responseOverrides(request) }
  const verdict = judgeRead(headers, { etag: quotedEtag(version), lastModified: version.lastModified })
  if (verdict === 'not-modified') return { status: 304, headers: about }
  if (verdict !== 'send') throw preconditionFailed(verdict.failed)

  const ifRange = headers['if-range']
  const range =
    ifRange === undefined || ifRange === quotedEtag(version) ? readRange(headers.range, version.byteSize) : undefined
  if (range === 'unsatisfiable') {
    throw new S3Error(
      'InvalidRange',
      'The requested range is not satisfiable',
      { RangeRequested: headers.range ?? '', ActualObjectSize: version.byteSize },
      { 'content-range': `bytes */${version.byteSize}` },
    )
  }
  const { first, last } = range ?? { first: 0, last: version.byteSize - 1 }
  const withChecksum = range === undefined && headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED'
  return {
    status: range ? 206 : 200,
    headers: {
      ...about,
      ...(withChecksum && checksumHeaders(version)),
      'content-length': String(last - first + 1),
      'content-range': range && `bytes ${first}-${last}/${version.byteSize}`,
    },
    body: { path: state.storage.bodyFile(version), first, last },
  }
}

function responseOverrides({ query, caller }: S3Request): Record<string, string> {
  const asked = RESPONSE_OVERRIDES.filter((name) => query.has(name))
  if (asked.length > 0 && caller.kind === 'anonymous') {
    throw new S3Error('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.')
  }
  return Object.fromEntries(asked.map((name) => [name.slice('response-'.length), query.get(name) ?? '']))
}
