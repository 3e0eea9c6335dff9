import { randomBytes } from 'node:crypto'
import type { Bucket } from './bucket.ts'
import { S3Error } from './errors.ts'
import type { EventName } from './events.ts'
import { matchesEtag } from './conditions.ts'
import { quotedEtag } from './object-headers.ts'
import type { Headers, S3Request, S3State } from './operation.ts'
import { NULL_VERSION_ID, type StoredVersion } from './stored-version.ts'

/** Random bytes of a version id: 32 characters, as S3's. */
const VERSION_ID_BYTES = 24

/** What a writer knows of the version to be; the rest is S3's to say. */
export type NewVersion = Omit<StoredVersion, 'bucket' | 'versionId' | 'sequencer' | 'lastModified'>

/**
 * Makes a version the current one and tells of it. Nothing awaits in here: of two writers under `if-none-match: *`
 * exactly one passes.
 * @param bodyPath a temporary file; undefined for a delete marker
 * @throws S3Error PreconditionFailed, NoSuchKey
 */
export function commitVersion(
  { storage, notifications, context }: S3State,
  bucket: Bucket,
  request: Pick<S3Request, 'headers' | 'caller' | 'requestId' | 'sourceIp'>,
  fields: NewVersion,
  bodyPath: string | undefined,
  name: EventName,
): StoredVersion {
  checkWritePreconditions(request.headers, storage.current(bucket.name, fields.key))
  const version: StoredVersion = {
    ...fields,
    bucket: bucket.name,
    versionId: bucket.versioning === 'Enabled' ? randomBytes(VERSION_ID_BYTES).toString('base64url') : NULL_VERSION_ID,
    sequencer: storage.sequence.next(),
    lastModified: new Date(context.clock.now()).toISOString(),
  }
  const { caller, requestId, sourceIp } = request
  let prepared: string[] = []
  storage.commit(version, bodyPath, () => {
    prepared = notifications.prepare({ name, version, bucket, caller, requestId, sourceIp })
  })
  notifications.send(prepared)
  return version
}

/** A delete marker counts as no object. */
export function checkWritePreconditions(headers: Headers, current: StoredVersion | undefined): void {
  const existing = current?.deleteMarker ? undefined : current
  const ifNoneMatch = headers['if-none-match']
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      Header: 'If-None-Match',
    })
  }
  if (ifNoneMatch !== undefined && existing) throw preconditionFailed('If-None-Match')
  const ifMatch = headers['if-match']
  if (ifMatch === undefined) return
  if (!existing) throw new S3Error('NoSuchKey', 'The specified key does not exist.')
  if (!matchesEtag(ifMatch, quotedEtag(existing))) throw preconditionFailed('If-Match')
}

export const preconditionFailed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  })
