import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { ConsumedQueue, LONGEST_RETENTION } from './consumed-queue.ts'

export const PROCESS_IMAGE_TIMEOUT = Duration.seconds(60)

export const RECORD_FAILURE_TIMEOUT = Duration.seconds(30)

/**
 * How often an image is tried before its owner is told that it failed. The concurrency is limited at the queue, so no
 * attempt is lost to throttling, for which the Lambda developer guide counts with five.
 */
const MAX_RECEIVE_COUNT = 3

/** The originals that are to be developed: those that S3 tells of, and those whose owner asks for it once more. */
export class ArrivalQueue extends Construct {
  readonly queue: ConsumedQueue
  readonly deadLetterQueue: ConsumedQueue

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.deadLetterQueue = new ConsumedQueue(this, 'DeadLetters', {
      consumerTimeout: RECORD_FAILURE_TIMEOUT,
      retentionPeriod: LONGEST_RETENTION,
    })
    this.queue = new ConsumedQueue(this, 'Arrivals', {
      consumerTimeout: PROCESS_IMAGE_TIMEOUT,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    })
  }
}
