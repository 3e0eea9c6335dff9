import { Duration } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption, type DeadLetterQueue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

/** How much longer a message stays hidden than its function may take. Source: Lambda developer guide, "Using SQS". */
const VISIBILITY_FACTOR = 6

/** As long as SQS keeps anything. Source: SQS API reference, MessageRetentionPeriod. */
export const LONGEST_RETENTION = Duration.days(14)

export interface ConsumedQueueProps {
  /** Of the function that takes from the queue. */
  consumerTimeout: Duration
  /**
   * When a message comes again whose handling failed; not below six times the timeout.
   * @default - six times the timeout
   */
  retryAfter?: Duration
  /** @default - SQS's own, four days */
  retentionPeriod?: Duration
  /** @default - none: this is one itself */
  deadLetterQueue?: DeadLetterQueue
}

/** An encrypted queue that a Lambda function takes from. */
export class ConsumedQueue extends Queue {
  constructor(scope: Construct, id: string, props: ConsumedQueueProps) {
    const { consumerTimeout, retryAfter, ...rest } = props
    const shortest = consumerTimeout.toSeconds() * VISIBILITY_FACTOR
    super(scope, id, {
      ...rest,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(Math.max(shortest, retryAfter?.toSeconds() ?? shortest)),
    })
  }

  /** Has a function take from the queue; of a batch, what it says has failed comes again, and nothing else. */
  feed(scope: Construct, id: string, target: IFunction, batches: { batchSize: number; maxConcurrency?: number }): void {
    new EventSourceMapping(scope, id, { target, eventSourceArn: this.queueArn, ...batches, reportBatchItemFailures: true })
  }

  /** What an event source mapping does in the function's name. Source: Lambda developer guide, "SQS permissions". */
  consumeStatement(): PolicyStatement {
    return new PolicyStatement({
      sid: 'ConsumeQueue',
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [this.queueArn],
    })
  }
}
