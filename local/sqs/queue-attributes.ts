import { SqsError } from './errors.ts'
import type { Queue } from './queue.ts'

/** Attributes that a standard queue has, with how to read each. Values are text, as SQS answers them. */
const READERS = {
  QueueArn: (queue) => queue.definition.arn,
  ApproximateNumberOfMessages: (queue) => String(queue.count().visible),
  ApproximateNumberOfMessagesNotVisible: (queue) => String(queue.count().inFlight),
  ApproximateNumberOfMessagesDelayed: (queue) => String(queue.count().delayed),
  VisibilityTimeout: (queue) => String(queue.definition.visibilityTimeoutSeconds),
  MaximumMessageSize: (queue) => String(queue.definition.maximumMessageBytes),
  MessageRetentionPeriod: (queue) => String(queue.definition.retentionSeconds),
  DelaySeconds: (queue) => String(queue.definition.delaySeconds),
  ReceiveMessageWaitTimeSeconds: (queue) => String(queue.definition.waitSeconds),
  Policy: ({ definition }) => definition.policy && JSON.stringify(definition.policy),
  RedrivePolicy: ({ definition }) => definition.redrive && JSON.stringify(definition.redrive),
  SqsManagedSseEnabled: (queue) => String(queue.definition.sseEnabled),
  KmsMasterKeyId: (queue) => queue.definition.kmsMasterKeyId,
} as const satisfies Record<string, (queue: Queue) => string | undefined>

/** FIFO queues' attributes, and times that the template does not tell: asked for by name they are left out. */
const ABSENT = new Set([
  'ContentBasedDeduplication', 'CreatedTimestamp', 'DeduplicationScope', 'FifoQueue', 'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds', 'LastModifiedTimestamp', 'RedriveAllowPolicy',
])

const isReadable = (name: string): name is keyof typeof READERS => Object.hasOwn(READERS, name)

/** @throws SqsError InvalidAttributeName */
export function readQueueAttributes(queue: Queue, names: string[]): Record<string, string> {
  const unknown = names.find((name) => name !== 'All' && !isReadable(name) && !ABSENT.has(name))
  if (unknown !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`)
  const attributes: Record<string, string> = {}
  for (const [name, read] of Object.entries(READERS)) {
    const value = names.includes('All') || names.includes(name) ? read(queue) : undefined
    if (value !== undefined) attributes[name] = value
  }
  return attributes
}
