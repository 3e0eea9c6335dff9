import { join } from 'node:path'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { NotImplemented } from '../aws/errors.ts'
import type { JsonService } from '../aws/json-service.ts'
import type { Resource } from '../aws/resource.ts'
import { queueDoesNotExist } from './errors.ts'
import { checkAttributes, checkBody } from './message.ts'
import { MessageStore } from './message-store.ts'
import { MoveTasks } from './move-tasks.ts'
import { OPERATIONS } from './operations.ts'
import { Queue, type ReceivedMessage } from './queue.ts'
import { readQueues } from './queue-definition.ts'
import { senderId } from './sender-id.ts'
import { sourceContext } from './source-context.ts'
import type { SqsState } from './sqs-state.ts'

/** SQS, in process and over HTTP. Every call asks IAM first. */
export interface Sqs extends JsonService {
  readonly targetPrefix: 'AmazonSQS'
  readonly jsonVersion: '1.0'
  /** Makes the template's queues; messages of queues that are no longer in it are deleted, as the queue would be. */
  deploy(resources: Resource[]): void
  /** @returns the message's id. @throws AwsError */
  send(
    queueArn: string,
    message: { body: string; attributes?: Record<string, unknown>; delaySeconds?: number },
    caller: Caller,
  ): { messageId: string }
  /** Up to `maxMessages` (1 to 10), waiting up to `waitSeconds` (0) for a first one. */
  receive(
    queueArn: string,
    options: { maxMessages: number; waitSeconds?: number; signal?: AbortSignal },
    caller: Caller,
  ): Promise<ReceivedMessage[]>
  delete(queueArn: string, receiptHandle: string, caller: Caller): void
  /** Throws unless the caller may do `action` (e.g. `sqs:GetQueueAttributes`) with the queue. */
  authorize(queueArn: string, action: string, caller: Caller): void
  /** Calls back when a message becomes visible; not for those that are visible already. */
  onMessage(queueArn: string, callback: () => void): { cancel(): void }
  /** The queue's visibility timeout, in seconds. */
  visibilityTimeoutSeconds(queueArn: string): number
  /** Ends all waits and closes the journal; the service is of no use afterwards. */
  stop(): void
}

/** File of the service's data folder that holds all messages. */
const JOURNAL_FILE = 'messages.jsonl'

export function createSqs(context: ServiceContext): Sqs {
  const store = new MessageStore(join(context.dataDir, JOURNAL_FILE))
  const queues = new Map<string, Queue>()
  const stopping = new AbortController()
  const queueByArn = (arn: string): Queue | undefined => queues.get(arn.split(':').at(-1) ?? '')
  const requireQueue = (arn: string): Queue => {
    const queue = queueByArn(arn)
    if (!queue || queue.definition.arn !== arn) throw queueDoesNotExist(arn)
    return queue
  }
  const state: SqsState = {
    context,
    queues,
    moveTasks: new MoveTasks(context.clock, queueByArn),
    purgedAt: new Map(),
    stopped: stopping.signal,
    queueByArn,
    authorize(caller, action, { definition }) {
      context.authorizer.authorize(caller, {
        action,
        resource: definition.arn,
        context: sourceContext(caller),
        ...(definition.policy && { resourcePolicy: definition.policy }),
      })
    },
  }

  return {
    targetPrefix: 'AmazonSQS',
    jsonVersion: '1.0',

    async call(operation, input, caller) {
      const perform = OPERATIONS.get(operation)
      if (!perform) throw new NotImplemented(`SQS ${operation}`)
      return perform(state, input, caller)
    },

    deploy(resources) {
      for (const queue of queues.values()) queue.close()
      queues.clear()
      for (const definition of readQueues(resources)) {
        queues.set(definition.name, new Queue(definition, store, context.clock))
      }
      for (const queue of queues.values()) {
        const target = queue.definition.redrive && queueByArn(queue.definition.redrive.deadLetterTargetArn)
        if (target) queue.deadLetterQueue = target
      }
      for (const name of store.queueNames()) {
        if (queues.has(name)) continue
        const messages = store.messages(name).size
        context.log('warn', 'sqs', `queue ${name} is no longer in the template: its messages are deleted`, { messages })
        store.commit({ op: 'purge', queue: name })
      }
    },

    send(queueArn, message, caller) {
      const queue = requireQueue(queueArn)
      state.authorize(caller, 'sqs:SendMessage', queue)
      const stored = queue.send({
        body: checkBody(message.body),
        attributes: checkAttributes(message.attributes),
        senderId: senderId(caller),
        ...(message.delaySeconds !== undefined && { delaySeconds: message.delaySeconds }),
      })
      return { messageId: stored.id }
    },

    async receive(queueArn, options, caller) {
      const queue = requireQueue(queueArn)
      state.authorize(caller, 'sqs:ReceiveMessage', queue)
      const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal
      return queue.receive({ maxMessages: options.maxMessages, waitSeconds: options.waitSeconds ?? 0, signal })
    },

    delete(queueArn, receiptHandle, caller) {
      const queue = requireQueue(queueArn)
      state.authorize(caller, 'sqs:DeleteMessage', queue)
      queue.delete(receiptHandle)
    },

    authorize(queueArn, action, caller) {
      state.authorize(caller, action, requireQueue(queueArn))
    },

    onMessage: (queueArn, callback) => requireQueue(queueArn).onMessage(callback),

    visibilityTimeoutSeconds: (queueArn) => requireQueue(queueArn).definition.visibilityTimeoutSeconds,

    stop() {
      stopping.abort()
      state.moveTasks.close()
      for (const queue of queues.values()) queue.close()
      store.close()
    },
  }
}

