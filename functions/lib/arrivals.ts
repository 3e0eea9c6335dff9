import type { S3Event, S3EventRecord } from 'aws-lambda'
import { parseOriginalKey, type OriginalKey } from './object-keys.ts'

/** An original that S3 says has been uploaded. */
export interface Arrival extends OriginalKey {
  bucket: string
  key: string
  /** Undefined when the bucket is not versioned. */
  versionId: string | undefined
  byteSize: number
  /** An operator sent the event again: an image that is FAILED may start over. */
  redriven?: true
}

export interface Message {
  arrivals: Arrival[]
  /** Object keys of records that are about no original, as they stood in the event. */
  strangers: string[]
}

/** S3 sends one when a notification is set up. Source: S3 user guide, "Test notification event". */
const TEST_EVENT = 's3:TestEvent'

/** PUT, POST, COPY and multipart uploads have each their own name below it. */
const CREATED_EVENTS = 'ObjectCreated:'

/** How much of a strange body an error quotes, in characters. */
const QUOTED_LENGTH = 80

/**
 * Reads the S3 event notification that an SQS message carries: any number of records, or a test event with none.
 * @throws SyntaxError, TypeError when the body is no S3 event
 */
export function readArrivals(body: string): Message {
  const event = JSON.parse(body) as Partial<S3Event> & { Event?: string }
  if (event.Event === TEST_EVENT) return { arrivals: [], strangers: [] }
  if (!Array.isArray(event.Records))
    throw new TypeError(`expected an S3 event with Records, got ${body.slice(0, QUOTED_LENGTH)}`)
  const message: Message = { arrivals: [], strangers: [] }
  for (const record of event.Records) {
    const arrival = readRecord(record)
    if (arrival) message.arrivals.push(arrival)
    else message.strangers.push(record.s3.object.key)
  }
  return message
}

function readRecord({ eventName, s3 }: S3EventRecord): Arrival | undefined {
  if (!eventName.startsWith(CREATED_EVENTS)) return undefined
  const key = decodeKey(s3.object.key)
  const parsed = key === undefined ? undefined : parseOriginalKey(key)
  if (key === undefined || !parsed) return undefined
  return {
    ...parsed,
    bucket: s3.bucket.name,
    key,
    versionId: s3.object.versionId ?? undefined,
    byteSize: s3.object.size,
  }
}

/** Keys come URL-encoded, with `+` for a space; decoded once. Undefined when it is no encoding at all. */
function decodeKey(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
