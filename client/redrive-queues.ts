import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { ClientError } from './errors.ts'

/**
 * Names of the queues, as CloudFormation makes them up: the stack's, then the resource's, then what it draws. A test
 * holds them against the template.
 */
export const IMAGE_QUEUES = { failed: 'ProcessingFailed', arrivals: 'ArrivalQueueArrivals' } as const

/** What is sent back as it is: in words, from where it waits to where it is tried. */
export const DEAD_LETTERS = [
  { what: 'upload checks', from: 'ExpiryQueueDeadChecks', to: 'ExpiryQueueChecks', isAlwaysThere: true },
  { what: 'removals', from: 'RemovalQueueDeadRemovals', to: 'RemovalQueueRemovals', isAlwaysThere: true },
  // Only a stack that counts views has any.
  { what: 'log files', from: 'AccessLogsDeadLogFiles', to: 'AccessLogsLogFiles', isAlwaysThere: false },
] as const

/** URLs of two queues, and what goes from one to the other. */
export interface DeadLetters {
  what: (typeof DEAD_LETTERS)[number]['what']
  from: string
  to: string
}

/** URLs of all queues. */
export interface RedriveQueues {
  failed: string
  arrivals: string
  deadLetters: DeadLetters[]
}

/** @throws ClientError when the stack has no such queue, or two */
export async function findQueues(sqs: SQSClient, stackName: string): Promise<RedriveQueues> {
  const urlsOf = async (resource: string): Promise<string[]> => {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix(resource) }))
    return QueueUrls
  }
  const prefix = (resource: string) => `${stackName}-${resource}`
  const find = async (resource: string): Promise<string> => {
    const urls = await urlsOf(resource)
    if (urls.length === 1) return urls[0]!
    throw new ClientError(
      `Expected one queue named ${prefix(resource)}..., found ${urls.length}. Which stack is it? See --stack.`,
    )
  }
  const queues: RedriveQueues = {
    failed: await find(IMAGE_QUEUES.failed),
    arrivals: await find(IMAGE_QUEUES.arrivals),
    deadLetters: [],
  }
  for (const { what, from, to, isAlwaysThere } of DEAD_LETTERS) {
    if (!isAlwaysThere && (await urlsOf(from)).length === 0) continue
    queues.deadLetters.push({ what, from: await find(from), to: await find(to) })
  }
  return queues
}

/** How many messages wait in a queue, as far as SQS knows. */
export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<number> {
  const name = 'ApproximateNumberOfMessages'
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [name] }),
  )
  return Number(Attributes?.[name] ?? 0)
}
