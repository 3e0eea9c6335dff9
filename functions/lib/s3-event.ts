import type { S3Event, S3EventRecord } from 'aws-lambda'

/** S3 sends one when a notification is set up. Source: S3 user guide, "Test notification event". */
const TEST_EVENT = 's3:TestEvent'

/** PUT, POST, COPY and multipart uploads have each their own name below it. */
const CREATED_EVENTS = 'ObjectCreated:'

/** How much of a strange body an error quotes, in characters. */
const QUOTED_LENGTH = 80

/**
 * The records of an S3 event notification; a test event has none.
 * @throws SyntaxError, TypeError when the text is no S3 event
 */
export function readS3Event(body: string): S3EventRecord[] {
  const event = JSON.parse(body) as Partial<S3Event> & { Event?: string }
  if (event.Event === TEST_EVENT) return []
  if (!Array.isArray(event.Records))
    throw new TypeError(`expected an S3 event with Records, got ${body.slice(0, QUOTED_LENGTH)}`)
  return event.Records
}

/**
 * Key of the object that a record says was stored; undefined for any other event, and for a key that is no encoding at
 * all. Keys come URL-encoded, with `+` for a space; decoded once.
 */
export function createdKey({ eventName, s3 }: S3EventRecord): string | undefined {
  if (!eventName.startsWith(CREATED_EVENTS)) return undefined
  try {
    return decodeURIComponent(s3.object.key.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
