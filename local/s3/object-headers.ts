import type { Bucket } from './bucket.ts'
import { CHECKSUM_HEADER_PREFIX } from './checksums.ts'
import { notEmulated, S3Error } from './errors.ts'
import { MAX_USER_METADATA_BYTES } from './limits.ts'
import type { Headers } from './operation.ts'
import { NULL_VERSION_ID, type StoredVersion } from './stored-version.ts'

const USER_METADATA_PREFIX = 'x-amz-meta-'

/** Kept with the object and sent with it. Source: S3 user guide, "System-defined object metadata". */
const SYSTEM_METADATA = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]

/** What an object is when its sender does not say. */
const DEFAULT_CONTENT_TYPE = 'binary/octet-stream'

/** Headers that would change what is stored in ways that are not emulated: refused by name, never ignored. */
const REFUSED = [
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-server-side-encryption-context',
  'x-amz-write-offset-bytes',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
]

/**
 * What a bucket owned by its account alone accepts as ACL. Source: S3 user guide, "Controlling ownership of objects".
 */
const ALLOWED_ACL = 'bucket-owner-full-control'

/** @throws S3Error NotImplemented, AccessControlListNotSupported */
export function refuseUnsupportedHeaders(headers: Headers): void {
  const refused = REFUSED.find((name) => headers[name] !== undefined)
  if (refused) throw notEmulated(`The header ${refused}`)
  const storageClass = headers['x-amz-storage-class']
  if (storageClass !== undefined && storageClass !== 'STANDARD') throw notEmulated(`The storage class ${storageClass}`)
  const acl = headers['x-amz-acl']
  if (acl !== undefined && acl !== ALLOWED_ACL)
    throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs')
}

/** @throws S3Error MetadataTooLarge */
export function readMetadata(headers: Headers): Pick<StoredVersion, 'systemMetadata' | 'userMetadata'> {
  const systemMetadata: Record<string, string> = { 'content-type': DEFAULT_CONTENT_TYPE }
  for (const name of SYSTEM_METADATA) {
    const value = name === 'content-encoding' ? withoutAwsChunked(headers[name]) : headers[name]
    if (value !== undefined && value !== '') systemMetadata[name] = value
  }
  const userMetadata: Record<string, string> = {}
  let byteSize = 0
  for (const [name, value = ''] of Object.entries(headers)) {
    if (!name.startsWith(USER_METADATA_PREFIX)) continue
    const shortName = name.slice(USER_METADATA_PREFIX.length)
    userMetadata[shortName] = value
    byteSize += Buffer.byteLength(shortName) + Buffer.byteLength(value)
  }
  if (byteSize > MAX_USER_METADATA_BYTES) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      Size: byteSize,
      MaxSizeAllowed: MAX_USER_METADATA_BYTES,
    })
  }
  return { systemMetadata, userMetadata }
}

/** `aws-chunked` is how the body travelled, not what it is. */
function withoutAwsChunked(header: string | undefined): string | undefined {
  return header
    ?.split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== 'aws-chunked')
    .join(', ')
}

/** What the request asks for, else the bucket's own. */
export function readEncryption(headers: Headers, bucket: Bucket): StoredVersion['encryption'] {
  const algorithm = headers['x-amz-server-side-encryption']
  if (algorithm === undefined) return bucket.encryption
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
    throw new S3Error('InvalidArgument', 'The encryption method specified is not supported', {
      ArgumentName: 'x-amz-server-side-encryption',
      ArgumentValue: algorithm,
    })
  }
  return { algorithm, kmsKeyId: headers['x-amz-server-side-encryption-aws-kms-key-id'] }
}

export const quotedEtag = ({ etag }: StoredVersion): string => `"${etag}"`

export function versionIdHeader(version: StoredVersion, bucket: Bucket): Record<string, string | undefined> {
  return {
    'x-amz-version-id':
      bucket.versioning === undefined && version.versionId === NULL_VERSION_ID ? undefined : version.versionId,
  }
}

export function encryptionHeaders({ encryption }: StoredVersion): Record<string, string | undefined> {
  return {
    'x-amz-server-side-encryption': encryption.algorithm,
    'x-amz-server-side-encryption-aws-kms-key-id': encryption.kmsKeyId,
    'x-amz-server-side-encryption-bucket-key-enabled': encryption.bucketKeyEnabled ? 'true' : undefined,
  }
}

export function checksumHeaders({ checksum }: StoredVersion): Record<string, string | undefined> {
  return checksum
    ? { [CHECKSUM_HEADER_PREFIX + checksum.algorithm]: checksum.value, 'x-amz-checksum-type': checksum.type }
    : {}
}

/** All that GET and HEAD say of an object, but its length and checksum. */
export function objectHeaders(version: StoredVersion, bucket: Bucket): Record<string, string | undefined> {
  return {
    'accept-ranges': 'bytes',
    etag: quotedEtag(version),
    'last-modified': new Date(version.lastModified).toUTCString(),
    ...version.systemMetadata,
    ...Object.fromEntries(
      Object.entries(version.userMetadata).map(([name, value]) => [USER_METADATA_PREFIX + name, value]),
    ),
    ...versionIdHeader(version, bucket),
    ...encryptionHeaders(version),
  }
}
