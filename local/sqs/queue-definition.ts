import type { PolicyDocument } from '../aws/caller.ts'
import { AwsError, NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import * as limits from './limits.ts'

/** One `AWS::SQS::Queue` of the template. */
export interface QueueDefinition {
  name: string
  arn: string
  visibilityTimeoutSeconds: number
  delaySeconds: number
  waitSeconds: number
  retentionSeconds: number
  maximumMessageBytes: number
  redrive?: { deadLetterTargetArn: string; maxReceiveCount: number }
  sseEnabled: boolean
  kmsMasterKeyId?: string
  /** The statements of every `AWS::SQS::QueuePolicy` that names the queue. */
  policy?: PolicyDocument
}

/** Properties that mean something else than a standard queue, and how they read when they don't. */
const FIFO_PROPERTIES = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']

/** Properties read below, and those that change nothing about how messages flow. */
const KNOWN_PROPERTIES = new Set([
  'QueueName', 'VisibilityTimeout', 'DelaySeconds', 'ReceiveMessageWaitTimeSeconds', 'MessageRetentionPeriod',
  'MaximumMessageSize', 'RedrivePolicy', 'FifoQueue', 'SqsManagedSseEnabled', 'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds', 'Tags',
])

const invalid = (resource: Resource, property: string, expected: string, received: unknown): AwsError =>
  new AwsError(
    'InvalidAttributeValue',
    `${property} of queue ${resource.logicalId} must be ${expected}, received ${JSON.stringify(received)}.`,
  )

function integer(resource: Resource, property: string, range: [number, number], fallback: number): number {
  const received = resource.properties[property]
  if (received === undefined) return fallback
  // CloudFormation takes "30" for 30.
  const value = typeof received === 'string' ? Number(received) : received
  if (typeof value === 'number' && Number.isInteger(value) && value >= range[0] && value <= range[1]) return value
  throw invalid(resource, property, `an integer from ${range[0]} to ${range[1]}`, received)
}

function redrivePolicy(resource: Resource): QueueDefinition['redrive'] {
  const received = resource.properties['RedrivePolicy']
  if (received === undefined) return undefined
  const policy: unknown = typeof received === 'string' ? JSON.parse(received) : received
  const arn = isRecord(policy) ? policy['deadLetterTargetArn'] : undefined
  const count = isRecord(policy) ? Number(policy['maxReceiveCount']) : NaN
  const inRange = Number.isInteger(count) && count >= 1 && count <= limits.MAX_MAX_RECEIVE_COUNT
  if (typeof arn === 'string' && inRange) return { deadLetterTargetArn: arn, maxReceiveCount: count }
  const expected = `{deadLetterTargetArn, maxReceiveCount from 1 to ${limits.MAX_MAX_RECEIVE_COUNT}}`
  throw invalid(resource, 'RedrivePolicy', expected, received)
}

/**
 * @param resource of type `AWS::SQS::Queue`
 * @throws AwsError InvalidAttributeValue; NotImplemented for FIFO queues and for properties that are not emulated
 */
export function readQueue(resource: Resource): QueueDefinition {
  const { properties } = resource
  if (properties['FifoQueue'] === true || FIFO_PROPERTIES.some((name) => properties[name] !== undefined)) {
    throw new NotImplemented(`A FIFO queue (${resource.logicalId})`)
  }
  const unknown = Object.keys(properties).find((name) => !KNOWN_PROPERTIES.has(name))
  if (unknown) throw new NotImplemented(`AWS::SQS::Queue ${unknown} (${resource.logicalId})`)
  const arn = resource.attributes['Arn']
  const name = resource.attributes['QueueName'] ?? arn?.split(':').at(-1)
  if (!arn || !name) throw invalid(resource, 'Arn', "the queue's ARN", arn)
  if (!limits.QUEUE_NAME.test(name)) throw invalid(resource, 'QueueName', `like ${limits.QUEUE_NAME}`, name)
  const redrive = redrivePolicy(resource)
  const key = properties['KmsMasterKeyId']
  const defaults = limits.QUEUE_DEFAULTS
  return {
    name,
    arn,
    visibilityTimeoutSeconds: integer(
      resource,
      'VisibilityTimeout',
      [0, limits.MAX_VISIBILITY_TIMEOUT_SECONDS],
      defaults.visibilityTimeoutSeconds,
    ),
    delaySeconds: integer(resource, 'DelaySeconds', [0, limits.MAX_DELAY_SECONDS], defaults.delaySeconds),
    waitSeconds: integer(resource, 'ReceiveMessageWaitTimeSeconds', [0, limits.MAX_WAIT_SECONDS], defaults.waitSeconds),
    retentionSeconds: integer(
      resource,
      'MessageRetentionPeriod',
      [limits.MIN_RETENTION_SECONDS, limits.MAX_RETENTION_SECONDS],
      defaults.retentionSeconds,
    ),
    maximumMessageBytes: integer(
      resource,
      'MaximumMessageSize',
      [limits.MIN_MAXIMUM_MESSAGE_BYTES, limits.MAX_MESSAGE_BYTES],
      defaults.maximumMessageBytes,
    ),
    ...(redrive && { redrive }),
    // New queues are encrypted with SQS's own keys unless they say otherwise.
    sseEnabled: properties['SqsManagedSseEnabled'] !== false && key === undefined,
    ...(typeof key === 'string' && { kmsMasterKeyId: key }),
  }
}

/** The queues of a template with their policies; resources of other types are passed over. */
export function readQueues(resources: Resource[]): QueueDefinition[] {
  const queues = new Map<string, QueueDefinition>()
  for (const resource of resources) {
    if (resource.type === 'AWS::SQS::Queue') queues.set(resource.physicalId, readQueue(resource))
  }
  for (const resource of resources) {
    if (resource.type !== 'AWS::SQS::QueuePolicy') continue
    const { Queues: urls, PolicyDocument: document } = resource.properties
    if (!Array.isArray(urls) || !isRecord(document)) throw invalid(resource, 'Queues', 'a list of queue URLs', urls)
    for (const url of urls) {
      const queue = queues.get(String(url))
      if (!queue) throw invalid(resource, 'Queues', `one of ${[...queues.keys()].join(', ')}`, url)
      const statements = [queue.policy?.Statement ?? [], document['Statement'] ?? []].flat()
      queue.policy = { Version: String(document['Version'] ?? '2012-10-17'), Statement: statements }
    }
  }
  const arns = new Set([...queues.values()].map((queue) => queue.arn))
  for (const { name, arn, redrive } of queues.values()) {
    if (redrive && (redrive.deadLetterTargetArn === arn || !arns.has(redrive.deadLetterTargetArn))) {
      const expected = 'another queue of the template as its dead-letter queue'
      const message = `Queue ${name} must name ${expected}, received ${redrive.deadLetterTargetArn}.`
      throw new AwsError('InvalidAttributeValue', message)
    }
  }
  return [...queues.values()]
}
