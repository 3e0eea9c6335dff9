import { authorize } from './authorize.ts'
import { S3Error } from './errors.ts'
import { encodeListed, type ListEntry, readListQuery, walkKeys } from './list-page.ts'
import { quotedEtag } from './object-headers.ts'
import { type Operation, XML_CONTENT_TYPE } from './operation.ts'
import { compareKeys } from './storage.ts'
import type { StoredVersion } from './stored-version.ts'
import { writeXml, type XmlValue } from './xml.ts'

interface ListedVersion {
  version: StoredVersion
  isLatest: boolean
}

/** ListObjectVersions: every version and delete marker, by key, newest first. */
export const listObjectVersions: Operation = async ({ context, storage }, request, bucket) => {
  const { query } = request
  const list = readListQuery(query)
  authorize(context, request, 's3:ListBucketVersions', bucket, undefined, {
    's3:prefix': list.prefix,
    's3:max-keys': String(list.maxKeys),
    ...(list.delimiter !== undefined && { 's3:delimiter': list.delimiter }),
  })
  const keyMarker = query.get('key-marker') ?? ''
  const versionIdMarker = query.get('version-id-marker')
  if (versionIdMarker !== undefined && keyMarker === '') {
    throw new S3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', {
      ArgumentName: 'version-id-marker',
    })
  }
  const keys = storage.keys(bucket.name)
  const entries = flatten(
    walkKeys(
      versionIdMarker === undefined ? keys : keys.filter((key) => compareKeys(key, keyMarker) >= 0),
      list,
      versionIdMarker === undefined ? keyMarker : '',
      (key) => listed(storage.versions(bucket.name, key), key === keyMarker ? versionIdMarker : undefined),
    ),
  )
  const page: (ListedVersion | { commonPrefix: string })[] = []
  let truncated = false
  for (const entry of entries) {
    if (page.length === list.maxKeys) {
      truncated = list.maxKeys > 0
      break
    }
    page.push(entry)
  }
  const last = page.at(-1)
  const next =
    !truncated || !last
      ? {}
      : 'commonPrefix' in last
      ? { NextKeyMarker: last.commonPrefix }
      : { NextKeyMarker: encodeListed(last.version.key, list.encode), NextVersionIdMarker: last.version.versionId }
  const versions = page.filter((entry) => 'version' in entry)
  return {
    status: 200,
    headers: XML_CONTENT_TYPE,
    body: writeXml('ListVersionsResult', {
      Name: bucket.name,
      Prefix: encodeListed(list.prefix, list.encode),
      KeyMarker: encodeListed(keyMarker, list.encode),
      VersionIdMarker: versionIdMarker ?? '',
      Delimiter: list.delimiter && encodeListed(list.delimiter, list.encode),
      EncodingType: list.encode ? 'url' : undefined,
      MaxKeys: list.maxKeys,
      IsTruncated: truncated,
      ...next,
      Version: versions.filter(({ version }) => !version.deleteMarker).map((each) => versionElement(each, list.encode)),
      DeleteMarker: versions
        .filter(({ version }) => version.deleteMarker)
        .map((each) => markerElement(each, list.encode)),
      CommonPrefixes: page
        .filter((entry) => 'commonPrefix' in entry)
        .map(({ commonPrefix }) => ({ Prefix: encodeListed(commonPrefix, list.encode) })),
    }),
  }
}

/** @param behind a version id: only what is older than it */
function listed(versions: readonly StoredVersion[], behind: string | undefined): ListedVersion[] {
  const all = versions.map((version, index) => ({ version, isLatest: index === 0 }))
  return behind === undefined ? all : all.slice(all.findIndex(({ version }) => version.versionId === behind) + 1)
}

function* flatten(entries: Iterable<ListEntry<ListedVersion>>): Generator<ListedVersion | { commonPrefix: string }> {
  for (const entry of entries) {
    if ('commonPrefix' in entry) yield entry
    else yield* entry.items
  }
}

const markerElement = ({ version, isLatest }: ListedVersion, encode: boolean): { [name: string]: XmlValue } => ({
  Key: encodeListed(version.key, encode),
  VersionId: version.versionId,
  IsLatest: isLatest,
  LastModified: version.lastModified,
})

const versionElement = (listedVersion: ListedVersion, encode: boolean): { [name: string]: XmlValue } => ({
  ...markerElement(listedVersion, encode),
  ETag: quotedEtag(listedVersion.version),
  Size: listedVersion.version.byteSize,
  StorageClass: 'STANDARD',
})
