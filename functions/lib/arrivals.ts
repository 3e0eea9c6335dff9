import type { S3EventRecord, SQSRecord } from 'aws-lambda'
import { parseOriginalKey, type OriginalKey } from './object-keys.ts'
import { createdKey, readS3Event } from './s3-event.ts'

/** An original that S3 says has been uploaded. */
export interface Arrival extends OriginalKey {
  bucket: string
  key: string
  /** Undefined when the bucket is not versioned. */
  versionId: string | undefined
  byteSize: number
  /** Of the message that brought it: the same at every delivery. */
  messageId: string
  /** An operator sent the event again: an image that is FAILED may start over. */
  redriven?: true
  /** The image's owner has it developed once more: under a new media key, as long as it has the old one. */
  reprocessed?: Reprocessed
}

interface Reprocessed {
  mediaKey: string
  replacesMediaKey: string
}

export interface Message {
  arrivals: Arrival[]
  /** Object keys of records that are about no original, as they stood in the event. */
  strangers: string[]
}

/**
 * Reads the S3 event notification that an SQS message carries: any number of records, or a test event with none.
 * @throws SyntaxError, TypeError when the body is no S3 event
 */
export function readArrivals({ body, messageId }: Pick<SQSRecord, 'body' | 'messageId'>): Message {
  const message: Message = { arrivals: [], strangers: [] }
  for (const record of readS3Event(body)) {
    const arrival = readRecord(record, messageId)
    if (arrival) message.arrivals.push(arrival)
    else message.strangers.push(record.s3.object.key)
  }
  return message
}

function readRecord(record: S3EventRecord, messageId: string): Arrival | undefined {
  const { s3 } = record
  const key = createdKey(record)
  const parsed = key === undefined ? undefined : parseOriginalKey(key)
  if (key === undefined || !parsed) return undefined
  return {
    ...parsed,
    bucket: s3.bucket.name,
    key,
    versionId: s3.object.versionId ?? undefined,
    byteSize: s3.object.size,
    messageId,
  }
}
