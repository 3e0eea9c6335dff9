import { authorize } from './authorize.ts'
import { S3Error } from './errors.ts'
import { encodeListed, readListQuery, walkKeys } from './list-page.ts'
import { quotedEtag } from './object-headers.ts'
import { type Operation, XML_CONTENT_TYPE } from './operation.ts'
import type { StoredVersion } from './stored-version.ts'
import { writeXml, type XmlValue } from './xml.ts'

/** Continuation tokens are opaque to clients: the last entry of the page before, in base64url, behind this mark. */
const TOKEN_MARK = '1'

function readToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined
  if (!token.startsWith(TOKEN_MARK) || token.length === TOKEN_MARK.length) {
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', {
      ArgumentName: 'continuation-token',
    })
  }
  return Buffer.from(token.slice(TOKEN_MARK.length), 'base64url').toString('utf8')
}

/** ListObjectsV2: current versions only, in the order of their keys' bytes. */
export const listObjectsV2: Operation = async ({ context, storage }, request, bucket) => {
  const { query } = request
  const list = readListQuery(query)
  authorize(context, request, 's3:ListBucket', bucket, undefined, {
    's3:prefix': list.prefix,
    's3:max-keys': String(list.maxKeys),
    ...(list.delimiter !== undefined && { 's3:delimiter': list.delimiter }),
  })
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const after = readToken(token) ?? startAfter ?? ''
  const contents: XmlValue[] = []
  const prefixes: XmlValue[] = []
  let last = ''
  let truncated = false
  const currentOf = (key: string): StoredVersion[] =>
    storage
      .versions(bucket.name, key)
      .slice(0, 1)
      .filter((version) => !version.deleteMarker)
  for (const entry of walkKeys(storage.keys(bucket.name), list, after, currentOf)) {
    if (contents.length + prefixes.length === list.maxKeys) {
      truncated = list.maxKeys > 0
      break
    }
    if ('commonPrefix' in entry) prefixes.push({ Prefix: encodeListed(entry.commonPrefix, list.encode) })
    else contents.push(...entry.items.map((version) => objectElement(version, list.encode)))
    last = 'commonPrefix' in entry ? entry.commonPrefix : entry.key
  }
  return {
    status: 200,
    headers: XML_CONTENT_TYPE,
    body: writeXml('ListBucketResult', {
      Name: bucket.name,
      Prefix: encodeListed(list.prefix, list.encode),
      Delimiter: list.delimiter && encodeListed(list.delimiter, list.encode),
      EncodingType: list.encode ? 'url' : undefined,
      MaxKeys: list.maxKeys,
      KeyCount: contents.length + prefixes.length,
      IsTruncated: truncated,
      ContinuationToken: token,
      NextContinuationToken: truncated ? TOKEN_MARK + Buffer.from(last).toString('base64url') : undefined,
      StartAfter: startAfter === undefined ? undefined : encodeListed(startAfter, list.encode),
      Contents: contents,
      CommonPrefixes: prefixes,
    }),
  }
}

function objectElement(version: StoredVersion, encode: boolean): XmlValue {
  return {
    Key: encodeListed(version.key, encode),
    LastModified: version.lastModified,
    ETag: quotedEtag(version),
    ChecksumAlgorithm: version.checksum?.algorithm.toUpperCase(),
    ChecksumType: version.checksum?.type,
    Size: version.byteSize,
    StorageClass: 'STANDARD',
  }
}
