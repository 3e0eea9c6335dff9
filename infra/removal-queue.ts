import { Duration } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { ConsumedQueue, LONGEST_RETENTION } from './consumed-queue.ts'

/** Twenty-five images, each a few lists and deletes of objects and a call of the API. */
export const REMOVE_IMAGE_TIMEOUT = Duration.seconds(60)

/**
 * How often a removal is tried, with pauses of six minutes: CloudFront clears few paths at a time, so of many removals
 * some wait for the others; and S3 or the API may be away for two hours.
 */
const MAX_RECEIVE_COUNT = 20

/** What is to be removed of images that were deleted or developed once more. */
export class RemovalQueue extends Construct {
  readonly queue: ConsumedQueue
  /** Removals that failed on every attempt; `npm run redrive` sends them back. */
  readonly deadLetterQueue: ConsumedQueue

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.deadLetterQueue = new ConsumedQueue(this, 'DeadRemovals', {
      consumerTimeout: REMOVE_IMAGE_TIMEOUT,
      retentionPeriod: LONGEST_RETENTION,
    })
    this.queue = new ConsumedQueue(this, 'Removals', {
      consumerTimeout: REMOVE_IMAGE_TIMEOUT,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    })
  }
}
