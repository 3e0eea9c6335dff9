import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { PROCESSED_PREFIX, type Delivery } from './delivery.ts'
import { LambdaFunction } from './lambda-function.ts'
import { ORIGINALS_PREFIX, type Originals } from './originals.ts'
import { REMOVE_IMAGE_TIMEOUT, type RemovalQueue } from './removal-queue.ts'
import { acknowledgeWildcard } from './wildcards.ts'

/** Asks three services, and nobody waits. In MiB. */
const MEMORY_SIZE_MIB = 256

/** A message may hold 25 images, and has the whole time of an invocation. */
const BATCH_SIZE = 1

/** Messages at a time, the least that SQS lets be said: CloudFront clears 15 paths with a wildcard at a time. */
const CONCURRENCY = 2

export interface RemovalProps {
  removals: RemovalQueue
  originals: Originals
  delivery: Delivery
  graphqlUrl: string
  /** May tell of a change, and record that an image was removed, and nothing else of the API. */
  recordRemoval: PolicyStatement
  bundleFolder: string
}

/** From an image that was deleted, or developed once more, to nothing left: queue -> remove-image. */
export class Removal extends Construct {
  readonly removeImage: Function

  constructor(scope: Construct, id: string, props: RemovalProps) {
    super(scope, id)
    const { removals, originals, delivery } = props
    const { function: lambda, role } = new LambdaFunction(this, 'RemoveImage', {
      name: 'remove-image',
      description: 'Removes what is left of images that were deleted or developed once more',
      bundleFolder: props.bundleFolder,
      memorySize: MEMORY_SIZE_MIB,
      timeout: REMOVE_IMAGE_TIMEOUT,
      environment: {
        ORIGINALS_BUCKET: originals.bucket.bucketName,
        MEDIA_BUCKET: delivery.bucket.bucketName,
        DISTRIBUTION_ID: delivery.distribution.distributionId,
        GRAPHQL_URL: props.graphqlUrl,
      },
      grants: [
        removals.queue.consumeStatement(),
        new PolicyStatement({
          sid: 'ListOriginals',
          actions: ['s3:ListBucketVersions'],
          resources: [originals.bucket.bucketArn],
          conditions: { StringLike: { 's3:prefix': `${ORIGINALS_PREFIX}*` } },
        }),
        new PolicyStatement({
          sid: 'RemoveOriginals',
          actions: ['s3:DeleteObjectVersion'],
          resources: [originals.objectsArn],
        }),
        delivery.listStatement(PROCESSED_PREFIX),
        new PolicyStatement({
          sid: 'RemoveRenditions',
          actions: ['s3:DeleteObject'],
          resources: [delivery.objectsArn, delivery.labelPicturesArn],
        }),
        delivery.invalidateStatement(),
        props.recordRemoval,
      ],
    })
    acknowledgeWildcard(role, originals.objectsArn, 'Removes the originals that its message names.')
    acknowledgeWildcard(role, delivery.objectsArn, 'And what was made of them.')
    acknowledgeWildcard(role, delivery.labelPicturesArn, 'And their pictures that were to be labelled.')
    removals.queue.feed(this, 'RemovalsToRemoveImage', lambda, { batchSize: BATCH_SIZE, maxConcurrency: CONCURRENCY })
    this.removeImage = lambda
  }
}
