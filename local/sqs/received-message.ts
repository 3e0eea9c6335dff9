import { invalidParameter } from './errors.ts'
import { md5OfAttributes, md5OfBody, type MessageAttributes, type StoredMessage } from './message.ts'
import type { ReceivedMessage } from './queue.ts'

/** System attributes that a standard queue's message can have; FIFO's are known and never there. */
const SYSTEM_ATTRIBUTES = new Set([
  'All', 'AWSTraceHeader', 'ApproximateFirstReceiveTimestamp', 'ApproximateReceiveCount', 'DeadLetterQueueSourceArn',
  'MessageDeduplicationId', 'MessageGroupId', 'SenderId', 'SentTimestamp', 'SequenceNumber',
])

/** Every system attribute of a message; times are milliseconds since the epoch, as text. */
export function systemAttributes(message: Readonly<StoredMessage>): Record<string, string> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
  }
}

/** @param names as asked for: `All`, `.*`, `prefix.*` or a whole name */
function selectAttributes(attributes: MessageAttributes, names: string[]): MessageAttributes {
  const wanted = (attribute: string): boolean =>
    names.some((name) => {
      if (name === 'All' || name === '.*') return true
      return name.endsWith('.*') ? attribute.startsWith(name.slice(0, -'*'.length)) : attribute === name
    })
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)))
}

/** @throws SqsError InvalidParameterValueException for a system attribute that does not exist */
export function checkSystemAttributeNames(names: string[]): void {
  const unknown = names.find((name) => !SYSTEM_ATTRIBUTES.has(name))
  if (unknown === undefined) return
  throw invalidParameter('MessageSystemAttributeNames', unknown, `Must be one of ${[...SYSTEM_ATTRIBUTES].join(', ')}.`)
}

/** A message as ReceiveMessage answers it, with those attributes alone that were asked for. */
export function describeReceived(
  { message, receiptHandle }: ReceivedMessage,
  asked: { systemAttributeNames: string[]; attributeNames: string[] },
): Record<string, unknown> {
  const all = asked.systemAttributeNames.includes('All')
  const system = Object.fromEntries(
    Object.entries(systemAttributes(message)).filter(([name]) => all || asked.systemAttributeNames.includes(name)),
  )
  const attributes = selectAttributes(message.attributes, asked.attributeNames)
  const md5 = md5OfAttributes(attributes)
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5OfBody(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(md5 !== undefined && { MD5OfMessageAttributes: md5, MessageAttributes: attributes }),
  }
}
