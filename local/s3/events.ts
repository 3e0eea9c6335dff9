import type { Caller } from '../aws/caller.ts'
import type { Bucket } from './bucket.ts'
import type { StoredVersion } from './stored-version.ts'

/** Minor versions add members only. Source: S3 user guide, "Event message structure". */
const EVENT_VERSION = '2.1'

/** `eventName` of a record; with `s3:` before it, what a configuration's `Events` match. */
export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'

/** Something that happened to a version of an object. */
export interface ObjectEvent {
  name: EventName
  version: StoredVersion
  bucket: Bucket
  caller: Caller
  requestId: string
  sourceIp: string
}

/** Form encoding, but with its slashes: what consumers decode once. */
export function encodeEventKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
}

function principalId(caller: Caller): string {
  switch (caller.kind) {
    case 'role':
      return `AWS:${caller.roleName}`
    case 'service':
      return `AWS:${caller.service}`
    case 'operator':
      return `AWS:${caller.arn}`
    case 'anonymous':
      return 'Anonymous'
  }
}

/** The message's body: one record, as S3 sends them. */
export function eventBody(
  { name, version, bucket, caller, requestId, sourceIp }: ObjectEvent,
  configurationId: string,
  { region, accountId }: { region: string; accountId: string },
): string {
  const created = name.startsWith('ObjectCreated')
  const record = {
    eventVersion: EVENT_VERSION,
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: version.lastModified,
    eventName: name,
    userIdentity: { principalId: principalId(caller) },
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: accountId }, arn: bucket.arn },
      object: {
        key: encodeEventKey(version.key),
        ...(created && { size: version.byteSize, eTag: version.etag }),
        ...(bucket.versioning === 'Enabled' && { versionId: version.versionId }),
        sequencer: version.sequencer,
      },
    },
  }
  return JSON.stringify({ Records: [record] })
}

/** What S3 sends to a queue or topic when it is configured as a destination. */
export function testEventBody(bucket: Bucket, time: string, requestId: string): string {
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: time,
    Bucket: bucket.name,
    RequestId: requestId,
    HostId: requestId,
  })
}
