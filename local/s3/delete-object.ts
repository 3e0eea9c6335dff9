import { authorize } from './authorize.ts'
import type { Bucket } from './bucket.ts'
import { checkWritePreconditions, commitVersion } from './commit-version.ts'
import { notEmulated } from './errors.ts'
import { checkVersionId } from './find-version.ts'
import type { Operation, S3Request, S3State } from './operation.ts'
import { NULL_VERSION_ID, type StoredVersion } from './stored-version.ts'

/** What a deletion came to, as DeleteObject's headers and DeleteObjects' elements say it. */
export interface Deletion {
  /** A marker was made or removed. */
  deleteMarker: boolean
  /** Of the version that was removed, or of the marker that was made. */
  versionId?: string
}

/**
 * Without a version id a versioned bucket gets a delete marker, any other loses the object; with one that version goes
 * for good.
 * Deleting what is not there is a success.
 * @throws S3Error AccessDenied, InvalidArgument, PreconditionFailed
 */
export function deleteKey(
  state: S3State,
  request: S3Request,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): Deletion {
  const { storage, context } = state
  if (versionId !== undefined) checkVersionId(versionId)
  authorize(
    context,
    request,
    versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    bucket,
    key,
    versionId === undefined ? {} : { 's3:versionid': versionId },
  )
  if (versionId !== undefined) {
    const version = storage.versions(bucket.name, key).find((each) => each.versionId === versionId)
    if (version) remove(state, request, bucket, version)
    return { deleteMarker: version?.deleteMarker ?? false, versionId }
  }
  if (bucket.versioning === undefined) {
    const current = storage.current(bucket.name, key)
    checkWritePreconditions(request.headers, current)
    if (current) remove(state, request, bucket, current)
    return { deleteMarker: false }
  }
  const marker = commitVersion(
    state,
    bucket,
    request,
    {
      key,
      deleteMarker: true,
      byteSize: 0,
      etag: '',
      systemMetadata: {},
      userMetadata: {},
      encryption: bucket.encryption,
    },
    undefined,
    'ObjectRemoved:DeleteMarkerCreated',
  )
  return { deleteMarker: true, versionId: marker.versionId }
}

function remove({ storage, notifications }: S3State, request: S3Request, bucket: Bucket, version: StoredVersion): void {
  const { caller, requestId, sourceIp } = request
  const prepared = notifications.prepare({ name: 'ObjectRemoved:Delete', version, bucket, caller, requestId, sourceIp })
  storage.remove(version)
  notifications.send(prepared)
}

export const deleteObject: Operation = async (state, request, bucket) => {
  if (request.headers['x-amz-mfa'] !== undefined) throw notEmulated('x-amz-mfa')
  const { deleteMarker, versionId } = deleteKey(state, request, bucket, request.key, request.query.get('versionId'))
  const named = versionId !== undefined && (bucket.versioning !== undefined || versionId !== NULL_VERSION_ID)
  return {
    status: 204,
    headers: {
      'x-amz-delete-marker': deleteMarker ? 'true' : undefined,
      'x-amz-version-id': named ? versionId : undefined,
    },
  }
}
