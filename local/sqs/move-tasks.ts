import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { SqsError, invalidParameter } from './errors.ts'
import { MAX_LISTED_MOVE_TASKS } from './limits.ts'
import type { Queue } from './queue.ts'

const MS_PER_SECOND = 1_000

/** Moves the messages of a dead-letter queue back to where they came from, or to another queue. */
interface MoveTask {
  handle: string
  source: Queue
  destination?: Queue
  perSecond?: number
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED'
  failureReason?: string
  moved: number
  toMove: number
  startedAt: number
  timer?: { cancel(): void }
}

/** The move tasks of this run; they don't outlive it, the messages they have not moved stay where they are. */
export class MoveTasks {
  private readonly tasks: MoveTask[] = []

  constructor(
    private readonly clock: Clock,
    private readonly queueByArn: (arn: string) => Queue | undefined,
  ) {}

  /** @throws SqsError UnsupportedOperation while another task of the same queue runs */
  start(source: Queue, options: { destination?: Queue; perSecond?: number }): string {
    if (this.of(source).some((task) => task.status === 'RUNNING')) {
      const message = `There is already a message move task running for ${source.definition.arn}, expected none.`
      throw new SqsError('UnsupportedOperation', message)
    }
    const identity = JSON.stringify({ taskId: randomUUID(), sourceArn: source.definition.arn })
    const task: MoveTask = {
      handle: Buffer.from(identity).toString('base64'),
      source,
      ...options,
      status: 'RUNNING',
      moved: 0,
      toMove: source.count().visible,
      startedAt: this.clock.now(),
    }
    this.tasks.unshift(task)
    this.step(task)
    return task.handle
  }

  /** @throws SqsError ResourceNotFoundException when no such task runs */
  sourceOf(handle: string): Queue {
    return this.running(handle).source
  }

  /** @returns how many messages were moved before. @throws SqsError ResourceNotFoundException */
  cancel(handle: string): number {
    const task = this.running(handle)
    task.timer?.cancel()
    task.status = 'CANCELLED'
    return task.moved
  }

  list(source: Queue, maxResults: number): Record<string, unknown>[] {
    return this.of(source).slice(0, Math.min(maxResults, MAX_LISTED_MOVE_TASKS)).map((task) => ({
      ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
      Status: task.status,
      SourceArn: source.definition.arn,
      ...(task.destination && { DestinationArn: task.destination.definition.arn }),
      ...(task.perSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.perSecond }),
      ApproximateNumberOfMessagesMoved: task.moved,
      ApproximateNumberOfMessagesToMove: task.toMove,
      ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
      StartedTimestamp: task.startedAt,
    }))
  }

  close(): void {
    for (const task of this.tasks) task.timer?.cancel()
  }

  private running(handle: string): MoveTask {
    const task = this.tasks.find((candidate) => candidate.handle === handle && candidate.status === 'RUNNING')
    if (task) return task
    throw new SqsError('ResourceNotFoundException', 'The task does not exist, or does not run any more.')
  }

  private of(source: Queue): MoveTask[] {
    return this.tasks.filter((task) => task.source === source)
  }

  private step(task: MoveTask): void {
    let homeless = false
    const limit = Math.min(task.perSecond ?? Infinity, task.toMove - task.moved)
    task.moved += task.source.moveTo((message) => {
      if (task.destination) return task.destination
      const origin = message.deadLetterSourceArn && this.queueByArn(message.deadLetterSourceArn)
      homeless ||= !origin
      return origin || undefined
    }, limit)
    if (homeless) {
      task.status = 'FAILED'
      task.failureReason = 'CouldNotDetermineMessageSource'
    } else if (task.moved >= task.toMove || task.source.count().visible === 0) {
      task.status = 'COMPLETED'
    } else {
      task.timer = this.clock.after(MS_PER_SECOND, () => this.step(task))
    }
  }
}

/** @throws SqsError InvalidParameterValueException unless some queue gives its messages up to this one */
export function requireDeadLetterQueue(queue: Queue, all: Iterable<Queue>): void {
  for (const candidate of all) if (candidate.deadLetterQueue === queue) return
  throw invalidParameter('SourceArn', queue.definition.arn, 'Source queue must be configured as a Dead Letter Queue.')
}
