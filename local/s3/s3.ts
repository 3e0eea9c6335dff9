import { mkdirSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import type { Resource } from '../aws/resource.ts'
import { type Bucket, readBuckets } from './bucket.ts'
import { answerPreflight } from './cors.ts'
import { deliverLog } from './deliver-log.ts'
import { S3Error } from './errors.ts'
import { findReadableVersion } from './find-version.ts'
import { createHandler, openRange } from './handler.ts'
import { readNotificationConfigurations } from './notification-configuration.ts'
import { Notifications, type Notify } from './notifications.ts'
import { objectHeaders, quotedEtag } from './object-headers.ts'
import type { Headers, S3Answer, S3State } from './operation.ts'
import type { ByteRange } from './range.ts'
import { Storage } from './storage.ts'
import type { StoredVersion } from './stored-version.ts'

/** An object that its caller may read; not opened yet. */
export interface ReadableObject {
  version: StoredVersion
  /** With its quotes. */
  etag: string
  /** What S3's GET would say of it, but its length. */
  headers: Record<string, string | undefined>
  /** The bytes, or a stretch of them. */
  open(range?: ByteRange): Readable
}

/** The local S3: path style, over HTTP and, for services beside it, in the process. */
export interface S3 {
  /** Takes over buckets, policies and notifications of a template, and sends what an earlier run left in the outbox. */
  deploy(resources: Resource[]): void
  handler: RequestListener
  /** Finds an object, after asking IAM and the bucket's policy. @throws S3Error */
  getObject(
    bucketName: string,
    key: string,
    caller: Caller,
    options?: { versionId?: string; sourceIp?: string },
  ): Promise<ReadableObject>
  /** Stores a log file, as the account that delivers CloudFront's logs. @throws S3Error */
  deliverLog(bucketName: string, key: string, bytes: Buffer): Promise<void>
  /** Answers an OPTIONS request for this bucket by its CORS rules. @throws S3Error */
  preflight(bucketName: string, headers: Headers): S3Answer
  /** Waits for notifications that are being handed over. */
  stop(): Promise<void>
}

/**
 * What a bucket may be called: also what may become a folder's name. Source: S3 user guide, "General purpose bucket
 * naming rules".
 */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** Address of a caller within the process. */
const IN_PROCESS_IP = '127.0.0.1'

/** @param notify takes event notifications; see `Notify` */
export function createS3(context: ServiceContext, { notify }: { notify: Notify }): S3 {
  const storage = new Storage(context.dataDir, context.clock)
  const notifications = new Notifications(context, notify)
  const buckets = new Map<string, Bucket>()
  const uploadsDir = join(context.dataDir, 'uploads')
  mkdirSync(uploadsDir, { recursive: true })
  const state: S3State = { context, storage, notifications, buckets, uploadsDir }
  const bucketNamed = (name: string): Bucket => {
    const bucket = buckets.get(name)
    if (!bucket) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name })
    return bucket
  }
  return {
    deploy(resources) {
      for (const [name, bucket] of readBuckets(resources)) {
        if (!BUCKET_NAME.test(name))
          throw new Error(`Expected a bucket name of 3 to 63 of a-z 0-9 . -, received ${JSON.stringify(name)}`)
        buckets.set(name, bucket)
      }
      notifications.configure(readNotificationConfigurations(resources), buckets)
      notifications.replay(storage)
    },
    handler: createHandler(state),
    async getObject(bucketName, key, caller, { versionId, sourceIp = IN_PROCESS_IP } = {}) {
      const bucket = bucketNamed(bucketName)
      const version = findReadableVersion(state, { caller, sourceIp }, bucket, key, versionId)
      return {
        version,
        etag: quotedEtag(version),
        headers: objectHeaders(version, bucket),
        open: (range) =>
          version.byteSize === 0
            ? Readable.from([])
            : openRange({ path: storage.bodyFile(version), ...(range ?? { first: 0, last: version.byteSize - 1 }) }),
      }
    },
    deliverLog: (bucketName, key, bytes) => deliverLog(state, bucketNamed(bucketName), key, bytes),
    preflight: (bucketName, headers) => answerPreflight(bucketNamed(bucketName), headers),
    stop: () => notifications.stop(),
  }
}
