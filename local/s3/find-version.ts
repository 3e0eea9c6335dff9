import { authorize, isAllowed } from './authorize.ts'
import type { Bucket } from './bucket.ts'
import { accessDenied, S3Error } from './errors.ts'
import type { Requester, S3State } from './operation.ts'
import type { StoredVersion } from './stored-version.ts'

/** Ids as this store makes them, and `null`. */
const VERSION_ID = /^[A-Za-z0-9_-]{32}$|^null$/

/** @throws S3Error InvalidArgument */
export function checkVersionId(versionId: string): void {
  if (!VERSION_ID.test(versionId)) {
    throw new S3Error('InvalidArgument', 'Invalid version id specified', {
      ArgumentName: 'versionId',
      ArgumentValue: versionId,
    })
  }
}

/**
 * The version a reader asks for, after asking IAM for s3:GetObject or s3:GetObjectVersion.
 * Who may not list the bucket is not told that a key is missing.
 * @throws S3Error AccessDenied, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker asked for by its id
 */
export function findReadableVersion(
  { context, storage }: Pick<S3State, 'context' | 'storage'>,
  requester: Requester,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): StoredVersion {
  if (versionId !== undefined) checkVersionId(versionId)
  authorize(
    context,
    requester,
    versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
    bucket,
    key,
    versionId === undefined ? {} : { 's3:versionid': versionId },
  )
  const version =
    versionId === undefined
      ? storage.current(bucket.name, key)
      : storage.versions(bucket.name, key).find((each) => each.versionId === versionId)
  if (version && !version.deleteMarker) return version
  if (!isAllowed(context, requester, 's3:ListBucket', bucket)) throw accessDenied()
  if (version && versionId !== undefined) {
    throw new S3Error(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      { ResourceType: 'DeleteMarker' },
      { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId, allow: 'DELETE' },
    )
  }
  if (versionId !== undefined)
    throw new S3Error('NoSuchVersion', 'The specified version does not exist.', { Key: key, VersionId: versionId })
  throw new S3Error(
    'NoSuchKey',
    'The specified key does not exist.',
    { Key: key },
    version ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId } : {},
  )
}
