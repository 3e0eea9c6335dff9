import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import type { MoveTasks } from './move-tasks.ts'
import type { Queue } from './queue.ts'

/** What operations work on. */
export interface SqsState {
  context: ServiceContext
  queues: ReadonlyMap<string, Queue>
  moveTasks: MoveTasks
  /** When each queue was purged last, by queue name, in milliseconds since the epoch. */
  purgedAt: Map<string, number>
  /** Ends every wait when the service stops. */
  stopped: AbortSignal
  queueByArn(arn: string): Queue | undefined
  /** @throws AwsError AccessDenied */
  authorize(caller: Caller, action: string, queue: Queue): void
}
