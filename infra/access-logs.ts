import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, EventType, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { ConsumedQueue, LONGEST_RETENTION } from './consumed-queue.ts'
import { QueueDestination } from './queue-destination.ts'

/** One log file: some megabytes, and a request of the API for each 25 images that it names. */
export const COUNT_VIEWS_TIMEOUT = Duration.minutes(2)

/** How often a log file is tried; with the pauses between, the API may be away for an hour. */
const MAX_RECEIVE_COUNT = 5

/**
 * How long a log file is kept that could not be counted, in days: it holds the addresses of who looked. All others are
 * deleted as soon as they are counted.
 */
const LOG_FILE_DAYS = 2

/** When the parts of a log file that was never finished are thrown away, in days. */
const INCOMPLETE_UPLOAD_DAYS = 1

export interface AccessLogsProps {
  retain: boolean
}

/** Who fetched which variant: where CloudFront leaves its log files, and the queue of those that are to be counted. */
export class AccessLogs extends Construct {
  readonly bucket: Bucket
  readonly queue: ConsumedQueue
  /** Log files that could not be counted on every attempt. */
  readonly deadLetterQueue: ConsumedQueue

  constructor(scope: Construct, id: string, { retain }: AccessLogsProps) {
    super(scope, id)
    // Not versioned: what is deleted is to be gone.
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // CloudFront adds the account that delivers its logs to the bucket's ACL, and refuses a bucket without ACLs.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{
        expiration: Duration.days(LOG_FILE_DAYS),
        abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOAD_DAYS),
      }],
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !retain,
    })
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds logs, for minutes: one Lambda function reads and deletes them, and its own log names each.',
    })
    this.deadLetterQueue = new ConsumedQueue(this, 'DeadLogFiles', {
      consumerTimeout: COUNT_VIEWS_TIMEOUT,
      retentionPeriod: LONGEST_RETENTION,
    })
    this.queue = new ConsumedQueue(this, 'LogFiles', {
      consumerTimeout: COUNT_VIEWS_TIMEOUT,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    })
    this.bucket.addEventNotification(EventType.OBJECT_CREATED, new QueueDestination(this.queue))
  }
}
