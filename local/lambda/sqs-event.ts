import type { SQSEvent, SQSMessageAttributes, SQSRecord, SQSRecordAttributes } from 'aws-lambda'
import { md5OfAttributes, md5OfBody, type MessageAttributes } from '../sqs/message.ts'
import type { ReceivedMessage } from '../sqs/queue.ts'
import { systemAttributes } from '../sqs/received-message.ts'
import { MAX_REQUEST_BYTES } from './limits.ts'

const lambdaAttributes = (attributes: MessageAttributes): SQSMessageAttributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  )

/** A message as Lambda hands it to functions. */
export function toRecord(received: ReceivedMessage, queueArn: string, region: string): SQSRecord {
  const { message, receiptHandle } = received
  const md5 = md5OfAttributes(message.attributes)
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    attributes: systemAttributes(message) as unknown as SQSRecordAttributes,
    messageAttributes: lambdaAttributes(message.attributes),
    md5OfBody: md5OfBody(message.body),
    ...(md5 !== undefined && { md5OfMessageAttributes: md5 }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  }
}

/** Cuts a batch where the payload of one invocation would be exceeded. */
export function toEvents(records: SQSRecord[]): SQSEvent[] {
  const events: SQSEvent[] = []
  let room = 0
  for (const record of records) {
    // One more byte for the comma between records; the frame around them is taken off the room at its start.
    const bytes = Buffer.byteLength(JSON.stringify(record)) + 1
    const last = events.at(-1)
    if (last && bytes <= room) {
      last.Records.push(record)
      room -= bytes
    } else {
      events.push({ Records: [record] })
      room = MAX_REQUEST_BYTES - Buffer.byteLength(JSON.stringify({ Records: [] })) - bytes
    }
  }
  return events
}
