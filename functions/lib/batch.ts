import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { readArrivals, type Arrival, type Message } from './arrivals.ts'
import type { Log } from './log.ts'

/**
 * Message attribute that `npm run redrive` sets. S3 sets none, so no repeated event can pass for a redriven one. Also
 * in client/redrive-messages.ts.
 */
export const REDRIVEN_ATTRIBUTE = 'redriven'

/** Message attributes that `reprocessImage` sets: see `Reprocessed`. */
const MEDIA_KEY_ATTRIBUTE = 'mediaKey'
const REPLACES_MEDIA_KEY_ATTRIBUTE = 'replacesMediaKey'

export interface BatchOptions {
  /** Does the work for one original; throws to have its message delivered again. */
  handle(arrival: Arrival): Promise<void>
  /** What becomes of a message that is no S3 event: `fail` it on to the dead-letter queue, or `drop` it there. */
  unreadable: 'fail' | 'drop'
  log: Log
  /** What is done with a message once all of its originals are; not for one that holds none. @default nothing */
  finish?(message: SQSRecord): Promise<void>
}

/**
 * Handles every original of a batch of SQS messages, one after the other: a picture needs the whole processor and
 * much memory, so two at once are no faster. A message that holds several records fails when one of them does; the
 * others are done all the same, and nothing happens to them when the message comes again.
 * @returns the messages that failed, for SQS to deliver again; all others are done
 */
export async function handleArrivals(event: SQSEvent, options: BatchOptions): Promise<SQSBatchResponse> {
  return handleMessages(event, (message) => handleMessage(message, options))
}

/**
 * Handles the messages of a batch one after the other.
 * @returns the messages whose handling threw, for SQS to deliver again
 */
export async function handleMessages(
  event: SQSEvent,
  handle: (message: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const processor = new BatchProcessor(EventType.SQS, { logger: SILENT })
  return processPartialResponse(event, handle, processor, {
    processInParallel: false,
    throwOnFullBatchFailure: false,
  })
}

/**
 * The same, for messages that one step does: what it throws is logged first.
 * @param failure what the log says then
 */
export async function handleLogged(
  event: SQSEvent,
  { handle, log, failure }: { handle(body: string): Promise<void>; log: Log; failure: string },
): Promise<SQSBatchResponse> {
  return handleMessages(event, async ({ messageId, body }) => {
    try {
      await handle(body)
    } catch (error) {
      log.error(failure, { messageId, error: asError(error) })
      throw error
    }
  })
}

async function handleMessage(message: SQSRecord, options: BatchOptions): Promise<void> {
  const { messageId } = message
  const { handle, log } = options
  const marks = marksOf(message)
  const { arrivals, strangers } = readBody(message, options)
  for (const key of strangers) log.warn('record is about no original', { messageId, key })
  const errors: Error[] = []
  for (const arrival of arrivals) {
    try {
      await handle({ ...arrival, ...marks })
    } catch (cause) {
      const error = asError(cause)
      log.error('original failed', { messageId, imageId: arrival.id, error })
      errors.push(error)
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${arrivals.length} originals failed`)
  if (arrivals.length > 0) await options.finish?.(message)
}

/** What those say who sent the message, besides the event in it. */
function marksOf({ messageAttributes }: SQSRecord): Pick<Arrival, 'redriven' | 'reprocessed'> {
  const mediaKey = messageAttributes?.[MEDIA_KEY_ATTRIBUTE]?.stringValue
  const replacesMediaKey = messageAttributes?.[REPLACES_MEDIA_KEY_ATTRIBUTE]?.stringValue
  return {
    ...(messageAttributes?.[REDRIVEN_ATTRIBUTE] === undefined ? {} : { redriven: true }),
    ...(mediaKey && replacesMediaKey ? { reprocessed: { mediaKey, replacesMediaKey } } : {}),
  }
}

function readBody(message: SQSRecord, { unreadable, log }: BatchOptions): Message {
  try {
    return readArrivals(message)
  } catch (cause) {
    const error = asError(cause)
    log.error('message is no S3 event', { messageId: message.messageId, error })
    if (unreadable === 'fail') throw error
    return { arrivals: [], strangers: [] }
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause))
}

/** The processor's own log: every failure is logged above, with the image it concerns. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore }
function ignore(): void {}
