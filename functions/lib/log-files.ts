import type { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import { createdKey, readS3Event } from './s3-event.ts'

/**
 * The log files that an S3 event tells of.
 * @throws SyntaxError, TypeError when the text is no S3 event
 */
export function readLogFiles(body: string): LogFile[] {
  return readS3Event(body).flatMap((record) => {
    const key = createdKey(record)
    return key === undefined ? [] : { bucket: record.s3.bucket.name, key }
  })
}

export interface LogFile {
  bucket: string
  key: string
}

/** The CDN's log files. */
export interface LogFiles {
  /**
   * Undefined when there is none any more.
   * @throws S3's error, e.g. AccessDenied
   */
  read(file: LogFile): Promise<Readable | undefined>
  /** Repeatable. */
  remove(file: LogFile): Promise<void>
}

export function createLogFiles(s3: S3Client): LogFiles {
  return {
    async read({ bucket, key }) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        return Body as Readable | undefined
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
    async remove({ bucket, key }) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
  }
}
