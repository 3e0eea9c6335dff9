import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { ClientError } from './errors.ts'

/**
 * Names of the queues, as CloudFormation makes them up: the stack's, then the resource's, then what it draws. A test
 * holds them against the template.
 */
export const RESOURCES = {
  failed: 'ProcessingFailed',
  arrivals: 'ArrivalQueueArrivals',
  deadChecks: 'ExpiryQueueDeadChecks',
  checks: 'ExpiryQueueChecks',
  deadRemovals: 'RemovalQueueDeadRemovals',
  removals: 'RemovalQueueRemovals',
} as const

/** URL of each queue. */
export type RedriveQueues = Record<keyof typeof RESOURCES, string>

/** @throws ClientError when the stack has no such queue, or two */
export async function findQueues(sqs: SQSClient, stackName: string): Promise<RedriveQueues> {
  const find = async (resource: string): Promise<string> => {
    const QueueNamePrefix = `${stackName}-${resource}`
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix }))
    const [url] = QueueUrls
    if (url && QueueUrls.length === 1) return url
    throw new ClientError(
      `Expected one queue named ${QueueNamePrefix}..., found ${QueueUrls.length}. Which stack is it? See --stack.`,
    )
  }
  return {
    failed: await find(RESOURCES.failed),
    arrivals: await find(RESOURCES.arrivals),
    deadChecks: await find(RESOURCES.deadChecks),
    checks: await find(RESOURCES.checks),
    deadRemovals: await find(RESOURCES.deadRemovals),
    removals: await find(RESOURCES.removals),
  }
}

/** How many messages wait in a queue, as far as SQS knows. */
export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<number> {
  const name = 'ApproximateNumberOfMessages'
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [name] }),
  )
  return Number(Attributes?.[name] ?? 0)
}
