import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { LABELLING_PREFIX, type Delivery } from './delivery.ts'
import { LambdaFunction } from './lambda-function.ts'
import { LABEL_IMAGE_TIMEOUT, type LabelQueue } from './label-queue.ts'
import { acknowledgeWildcard } from './wildcards.ts'

/** Passes a JPEG on, and nobody waits. In MiB. */
const MEMORY_SIZE_MIB = 256

/** A question that can't be answered keeps no other from its answer. */
const BATCH_SIZE = 1

/**
 * Questions asked at a time, the least that SQS lets be said: they come after what people wait for, and leave most of
 * Rekognition's quota to it.
 */
const CONCURRENCY = 2

export interface LabellingProps {
  labels: LabelQueue
  delivery: Delivery
  graphqlUrl: string
  /** May record labels, and nothing else of the API. */
  recordLabels: PolicyStatement
  bundleFolder: string
}

/** From labels that Rekognition did not give in time to those that came later, by queue and label-image. */
export class Labelling extends Construct {
  readonly labelImage: Function

  constructor(scope: Construct, id: string, props: LabellingProps) {
    super(scope, id)
    const { labels, delivery } = props
    const { function: lambda, role } = new LambdaFunction(this, 'LabelImage', {
      name: 'label-image',
      description: 'Asks Rekognition once more what it did not answer when the image was developed',
      bundleFolder: props.bundleFolder,
      memorySize: MEMORY_SIZE_MIB,
      timeout: LABEL_IMAGE_TIMEOUT,
      environment: {
        MEDIA_BUCKET: delivery.bucket.bucketName,
        GRAPHQL_URL: props.graphqlUrl,
        DEAD_LETTERS_ARN: labels.deadLetterQueue.queueArn,
        ...labels.moderationEnvironment,
      },
      grants: [
        labels.queue.consumeStatement(),
        labels.deadLetterQueue.consumeStatement(),
        delivery.listStatement(LABELLING_PREFIX),
        new PolicyStatement({
          sid: 'TakePicturesToLabel',
          actions: ['s3:GetObject', 's3:DeleteObject'],
          resources: [delivery.labelPicturesArn],
        }),
        labels.askStatement(),
        props.recordLabels,
      ],
    })
    acknowledgeWildcard(role, delivery.labelPicturesArn, 'A picture lies under the media key that its message names.')
    const batches = { batchSize: BATCH_SIZE, maxConcurrency: CONCURRENCY }
    labels.queue.feed(this, 'LabelsToLabelImage', lambda, batches)
    labels.deadLetterQueue.feed(this, 'DeadLabelsToLabelImage', lambda, batches)
    this.labelImage = lambda
  }
}
