import { Duration } from 'aws-cdk-lib'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { ConsumedQueue, LONGEST_RETENTION } from './consumed-queue.ts'

/** Ten checks, each a list request and, of an upload that never came, a call of the API. */
export const EXPIRE_UPLOAD_TIMEOUT = Duration.seconds(60)

/** How often a check is tried; with the pauses between, S3 or the API may be away for half an hour. */
const MAX_RECEIVE_COUNT = 5

/** The checks that are due: each signed upload leaves one, delayed until its presigned URL is no longer good. */
export class ExpiryQueue extends Construct {
  readonly queue: ConsumedQueue
  /** Checks that failed on every attempt; `npm run redrive` sends them back. */
  readonly deadLetterQueue: Queue

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.deadLetterQueue = new ConsumedQueue(this, 'DeadChecks', {
      consumerTimeout: EXPIRE_UPLOAD_TIMEOUT,
      retentionPeriod: LONGEST_RETENTION,
    })
    this.queue = new ConsumedQueue(this, 'Checks', {
      consumerTimeout: EXPIRE_UPLOAD_TIMEOUT,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    })
  }
}
