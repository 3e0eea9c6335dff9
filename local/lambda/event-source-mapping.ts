import type { SQSEvent } from 'aws-lambda'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import type { ReceivedMessage } from '../sqs/queue.ts'
import type { Sqs } from '../sqs/sqs.ts'
import { readBatchResponse } from './batch-response.ts'
import { LambdaError } from './errors.ts'
import type { EventSourceDefinition } from './event-source-definition.ts'
import type { FunctionPool } from './function-pool.ts'
import { POLL_RETRY_MS, POLL_SECONDS, RECEIVE_SIZE } from './limits.ts'
import { toEvents, toRecord } from './sqs-event.ts'

const MS_PER_SECOND = 1_000

/** What polling takes of the function's role. */
const POLLING_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']

/** Takes messages from a queue, with the rights of the function's role, and hands them to the function in batches. */
export class EventSourceMapping {
  private readonly stopping = new AbortController()
  private pollers: Promise<void>[] = []

  constructor(
    private readonly definition: EventSourceDefinition,
    private readonly pool: FunctionPool,
    private readonly role: Caller,
    private readonly sqs: Sqs,
    private readonly context: Pick<ServiceContext, 'clock' | 'log' | 'region'>,
  ) {}

  /** How many batches are worked on at a time; each has a poller of its own, so nothing is received too early. */
  get concurrency(): number {
    return Math.min(this.definition.maximumConcurrency ?? Infinity, this.pool.size)
  }

  /** @throws LambdaError InvalidParameterValueException where AWS would refuse to make the mapping */
  start(): void {
    const { queueArn } = this.definition
    const { name, timeoutSeconds, roleArn } = this.pool.definition
    for (const action of POLLING_ACTIONS) {
      try {
        this.sqs.authorize(queueArn, action, this.role)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        const message = `The execution role ${roleArn} of ${name} must be allowed ${action} on ${queueArn}: ${reason}`
        throw new LambdaError('InvalidParameterValueException', message)
      }
    }
    const visibilitySeconds = this.sqs.visibilityTimeoutSeconds(queueArn)
    if (visibilitySeconds < timeoutSeconds) {
      const visibility = `Queue visibility timeout: ${visibilitySeconds} seconds`
      const message = `${visibility} is less than Function timeout: ${timeoutSeconds} seconds (${queueArn}, ${name})`
      throw new LambdaError('InvalidParameterValueException', message)
    }
    this.pollers = Array.from({ length: this.concurrency }, () => this.poll())
  }

  /** Receives nothing more; resolves when the batches under way are done. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await Promise.all(this.pollers)
  }

  private async poll(): Promise<void> {
    const { signal } = this.stopping
    while (!signal.aborted) {
      try {
        const batch = await this.gather()
        const records = batch.map((message) => toRecord(message, this.definition.queueArn, this.context.region))
        for (const event of toEvents(records)) await this.process(event)
      } catch (error) {
        if (signal.aborted) return
        this.report('error', 'poll failed', error)
        await this.pause()
      }
    }
  }

  /** A batch: full, or what arrived within the batching window. Empty when the poll found nothing. */
  private async gather(): Promise<ReceivedMessage[]> {
    const { batchSize, windowSeconds } = this.definition
    const batch = await this.receive(batchSize, POLL_SECONDS)
    const end = this.context.clock.now() + windowSeconds * MS_PER_SECOND
    while (windowSeconds > 0 && batch.length > 0 && batch.length < batchSize && !this.stopping.signal.aborted) {
      const leftSeconds = (end - this.context.clock.now()) / MS_PER_SECOND
      if (leftSeconds <= 0) break
      batch.push(...(await this.receive(batchSize - batch.length, Math.min(leftSeconds, POLL_SECONDS))))
    }
    return batch
  }

  private receive(room: number, waitSeconds: number): Promise<ReceivedMessage[]> {
    const options = { maxMessages: Math.min(room, RECEIVE_SIZE), waitSeconds, signal: this.stopping.signal }
    return this.sqs.receive(this.definition.queueArn, options, this.role)
  }

  /** What is not deleted here returns to the queue after its visibility timeout. */
  private async process(event: SQSEvent): Promise<void> {
    const outcome = await this.pool.invoke(JSON.stringify(event))
    if (outcome.functionError) return this.report('warn', 'batch failed', outcome.payload)
    const ids = event.Records.map((record) => record.messageId)
    let failedIds: ReadonlySet<string> = new Set()
    if (this.definition.partialResponses) {
      const result = readBatchResponse(JSON.parse(outcome.payload), ids)
      if ('malformed' in result) return this.report('warn', 'malformed batch response: batch failed', result.malformed)
      failedIds = result.failedIds
    }
    for (const { messageId, receiptHandle } of event.Records) {
      if (!failedIds.has(messageId)) this.sqs.delete(this.definition.queueArn, receiptHandle, this.role)
    }
    this.report('debug', `batch done, ${ids.length - failedIds.size} of ${ids.length} messages deleted`, undefined)
  }

  private report(level: 'debug' | 'warn' | 'error', message: string, cause: unknown): void {
    const { queueArn } = this.definition
    const words = cause instanceof Error ? cause.stack : cause
    const reason = cause instanceof AwsError ? `${cause.code}: ${cause.message}` : words
    this.context.log(level, 'lambda', message, { function: this.pool.definition.name, queueArn, reason })
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.context.clock.after(POLL_RETRY_MS, resolve)
      this.stopping.signal.addEventListener('abort', () => {
        timer.cancel()
        resolve()
      })
    })
  }
}
