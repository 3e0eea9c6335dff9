import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import {
  DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand,
  type Message, type MessageAttributeValue, type SQSClient,
} from '@aws-sdk/client-sqs'

/** Message attribute by which `process-image` knows what was sent back. Also in functions/lib/batch.ts. */
const REDRIVEN_ATTRIBUTE = 'redriven'

/** Most messages that SQS hands out at once. Source: SQS API reference, ReceiveMessage. */
const RECEIVE_SIZE = 10

/** A long poll asks every server of the queue, a short one a sample: an empty answer then means an empty queue. */
const WAIT_SECONDS = 2

/** How long what was received stays hidden, in seconds: more than ten messages take. */
const VISIBILITY_TIMEOUT_SECONDS = 120

const HTTP_NOT_FOUND = 404

/** What became of the messages of one queue. */
export interface Redriven {
  /** Sent back. */
  sent: number
  /** Of which no original is there any more: taken out of the queue. */
  gone: number
  /** That are no S3 event: left in the queue. */
  unreadable: number
}

export interface RedriveServices {
  sqs: SQSClient
  s3: S3Client
  /** Milliseconds since the epoch: what came into a queue later is left there, so nothing goes round in circles. */
  startedAt: number
}

/**
 * Sends the events of failed images back to the queue of arrivals, marked, so that the images may start over. Each is
 * deleted only once it is sent: a redrive that breaks off loses nothing, and what it sends twice is developed once.
 */
export async function redriveImages(
  { failed, arrivals }: { failed: string; arrivals: string },
  services: RedriveServices,
): Promise<Redriven> {
  const mark = { DataType: 'String', StringValue: new Date(services.startedAt).toISOString() }
  const redriven: Redriven = { sent: 0, gone: 0, unreadable: 0 }
  for await (const message of messagesOf(failed, services)) {
    const objects = objectsOf(message.Body)
    if (!objects) {
      redriven.unreadable += 1
      continue
    }
    const there = await Promise.all(objects.map((object) => isThere(object, services.s3)))
    if (there.includes(true)) {
      await send(arrivals, message, { [REDRIVEN_ATTRIBUTE]: mark }, services.sqs)
      redriven.sent += 1
    } else redriven.gone += 1
    await remove(failed, message, services.sqs)
  }
  return redriven
}

/**
 * Sends what failed on every attempt back to where it is tried: upload checks, removals, log files.
 * @returns how many
 */
export async function redriveDeadLetters(
  { from, to }: { from: string; to: string },
  services: RedriveServices,
): Promise<number> {
  let sent = 0
  for await (const message of messagesOf(from, services)) {
    await send(to, message, {}, services.sqs)
    await remove(from, message, services.sqs)
    sent += 1
  }
  return sent
}

async function* messagesOf(queueUrl: string, { sqs, startedAt }: RedriveServices): AsyncGenerator<Message> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: RECEIVE_SIZE,
        WaitTimeSeconds: WAIT_SECONDS,
        VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    )
    if (Messages.length === 0) return
    yield* Messages.filter(({ Attributes }) => Number(Attributes?.SentTimestamp) <= startedAt)
  }
}

async function send(
  queueUrl: string,
  { Body }: Message,
  attributes: Record<string, MessageAttributeValue>,
  sqs: SQSClient,
): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body, MessageAttributes: attributes }))
}

async function remove(queueUrl: string, { ReceiptHandle }: Message, sqs: SQSClient): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }))
}

interface StoredObject {
  Bucket: string
  Key: string
  VersionId?: string
}

/** The objects that an S3 event names; undefined when it is none. */
function objectsOf(body: string | undefined): StoredObject[] | undefined {
  try {
    const { Records } = JSON.parse(body ?? '') as {
      Records: { s3: { bucket: { name: string }; object: { key: string; versionId?: string } } }[]
    }
    return Records.map(({ s3: { bucket, object } }) => ({
      Bucket: bucket.name,
      Key: decodeURIComponent(object.key.replaceAll('+', ' ')),
      ...(object.versionId ? { VersionId: object.versionId } : {}),
    }))
  } catch {
    return undefined
  }
}

/** @throws S3's error when it can't be told, e.g. for want of a permission */
async function isThere(object: StoredObject, s3: S3Client): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand(object))
    return true
  } catch (error) {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } }
    if ($metadata?.httpStatusCode === HTTP_NOT_FOUND) return false
    throw error
  }
}
