import { Validations } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { EventType } from 'aws-cdk-lib/aws-s3'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { PROCESS_IMAGE_TIMEOUT, RECORD_FAILURE_TIMEOUT, type ArrivalQueue } from './arrival-queue.ts'
import { LONGEST_RETENTION, type ConsumedQueue } from './consumed-queue.ts'
import { PROCESSED_PREFIX, type Delivery } from './delivery.ts'
import type { LabelQueue } from './label-queue.ts'
import { LambdaFunction } from './lambda-function.ts'
import { MALLOC_ENVIRONMENT } from './malloc.ts'
import { ORIGINALS_PREFIX, type Originals } from './originals.ts'
import { QueueDestination } from './queue-destination.ts'
import type { RemovalQueue } from './removal-queue.ts'
import { SharpLayer } from './sharp-layer.ts'
import { acknowledgeWildcard } from './wildcards.ts'

/** One vCPU. A second one was measured to buy a fifth of the time for twice the price. In MiB. */
const PROCESS_IMAGE_MEMORY_MIB = 1_769

/** Records a line and removes what was stored, once in a blue moon. In MiB. */
const RECORD_FAILURE_MEMORY_MIB = 256

/** Images are big and each is somebody's: one that kills its environment takes no other with it. */
const PROCESS_IMAGE_BATCH_SIZE = 1

const RECORD_FAILURE_BATCH_SIZE = 10

export interface ProcessingProps {
  arrivals: ArrivalQueue
  originals: Originals
  delivery: Delivery
  labels: LabelQueue
  removals: RemovalQueue
  graphqlUrl: string
  /** May record an outcome, and nothing else of the API. */
  recordOutcome: PolicyStatement
  bundleFolders: { processImage: string; recordFailure: string }
  sharpLayerFolder: string
  /** Images at a time. */
  concurrency: number
  /** See `Settings`. */
  variants: string
}

/**
 * From an original's arrival to its outcome: S3 -> queue -> process-image, and what it can't do -> record-failure,
 * which keeps the events of failed images for `npm run redrive` to send back.
 */
export class Processing extends Construct {
  readonly queue: ConsumedQueue
  readonly deadLetterQueue: ConsumedQueue
  /** The events of images that are FAILED. Nobody consumes it. */
  readonly failedQueue: Queue
  readonly processImage: Function
  readonly recordFailure: Function

  constructor(scope: Construct, id: string, props: ProcessingProps) {
    super(scope, id)
    this.failedQueue = new Queue(this, 'Failed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: LONGEST_RETENTION,
    })
    Validations.of(this.failedQueue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'Messages end here after their dead-letter queue; a person decides what becomes of them.',
    })
    this.deadLetterQueue = props.arrivals.deadLetterQueue
    this.queue = props.arrivals.queue
    props.originals.bucket.addEventNotification(
      EventType.OBJECT_CREATED, new QueueDestination(this.queue), { prefix: ORIGINALS_PREFIX },
    )
    this.processImage = this.addProcessImage(props)
    this.recordFailure = this.addRecordFailure(props)
  }

  private addProcessImage(props: ProcessingProps): Function {
    const { originals, delivery, labels } = props
    const { function: lambda, role } = new LambdaFunction(this, 'ProcessImage', {
      name: 'process-image',
      description: 'Develops an original: variants, placeholder, colour, labels',
      bundleFolder: props.bundleFolders.processImage,
      memorySize: PROCESS_IMAGE_MEMORY_MIB,
      timeout: PROCESS_IMAGE_TIMEOUT,
      environment: {
        ORIGINALS_BUCKET: originals.bucket.bucketName,
        MEDIA_BUCKET: delivery.bucket.bucketName,
        GRAPHQL_URL: props.graphqlUrl,
        VARIANTS: props.variants,
        LABELS_QUEUE_URL: labels.queue.queueUrl,
        REMOVALS_QUEUE_URL: props.removals.queue.queueUrl,
        ...labels.moderationEnvironment,
        ...MALLOC_ENVIRONMENT,
      },
      layers: [new SharpLayer(this, 'Sharp', { folder: props.sharpLayerFolder })],
      grants: [
        this.queue.consumeStatement(),
        new PolicyStatement({
          sid: 'ReadOriginals',
          // An event of S3 names a version; who has an image developed once more knows of none.
          actions: ['s3:GetObject', 's3:GetObjectVersion'],
          resources: [originals.objectsArn],
        }),
        new PolicyStatement({
          sid: 'WriteVariants',
          actions: ['s3:PutObject'],
          resources: [delivery.objectsArn, delivery.labelPicturesArn],
        }),
        labels.askStatement(),
        new PolicyStatement({
          sid: 'LabelLater',
          actions: ['sqs:SendMessage'],
          resources: [labels.queue.queueArn],
        }),
        new PolicyStatement({
          sid: 'RetireReplaced',
          actions: ['sqs:SendMessage'],
          resources: [props.removals.queue.queueArn],
        }),
        props.recordOutcome,
      ],
    })
    acknowledgeWildcard(role, originals.objectsArn, 'Reads the original that its event names.')
    acknowledgeWildcard(role, delivery.objectsArn, 'Variants lie under a media key that is made per image.')
    acknowledgeWildcard(role, delivery.labelPicturesArn, 'So do pictures that are labelled later.')
    this.queue.feed(this, 'ArrivalsToProcessImage', lambda, {
      batchSize: PROCESS_IMAGE_BATCH_SIZE,
      maxConcurrency: props.concurrency,
    })
    return lambda
  }

  private addRecordFailure(props: ProcessingProps): Function {
    const { delivery } = props
    const { function: lambda, role } = new LambdaFunction(this, 'RecordFailure', {
      name: 'record-failure',
      description: 'Tells the owner of an image that could not be processed, clears up, and keeps its event',
      bundleFolder: props.bundleFolders.recordFailure,
      memorySize: RECORD_FAILURE_MEMORY_MIB,
      timeout: RECORD_FAILURE_TIMEOUT,
      environment: {
        MEDIA_BUCKET: delivery.bucket.bucketName,
        GRAPHQL_URL: props.graphqlUrl,
        FAILED_QUEUE_URL: this.failedQueue.queueUrl,
      },
      grants: [
        this.deadLetterQueue.consumeStatement(),
        delivery.listStatement(PROCESSED_PREFIX),
        new PolicyStatement({
          sid: 'RemoveRenditions',
          actions: ['s3:DeleteObject'],
          resources: [delivery.objectsArn, delivery.labelPicturesArn],
        }),
        new PolicyStatement({
          sid: 'KeepFailed',
          actions: ['sqs:SendMessage'],
          resources: [this.failedQueue.queueArn],
        }),
        props.recordOutcome,
      ],
    })
    acknowledgeWildcard(role, delivery.objectsArn, 'Removes what was made of the one image that has failed.')
    acknowledgeWildcard(role, delivery.labelPicturesArn, 'And its picture that was to be labelled.')
    this.deadLetterQueue.feed(this, 'DeadLettersToRecordFailure', lambda, { batchSize: RECORD_FAILURE_BATCH_SIZE })
    return lambda
  }
}
