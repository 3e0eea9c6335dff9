import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { EXPIRE_UPLOAD_TIMEOUT, type ExpiryQueue } from './expiry-queue.ts'
import { LambdaFunction } from './lambda-function.ts'
import { ORIGINALS_PREFIX, type Originals } from './originals.ts'

/** Asks two services, and nobody waits. In MiB. */
const MEMORY_SIZE_MIB = 256

/** What comes within one poll: most checks find that the upload has come, and are done by one request. */
const BATCH_SIZE = 10

export interface ExpiryProps {
  checks: ExpiryQueue
  originals: Originals
  graphqlUrl: string
  /** May record an outcome, and nothing else of the API. */
  recordOutcome: PolicyStatement
  bundleFolder: string
}

/** From an upload that was signed and never came to EXPIRED: sign-upload -> delayed message -> expire-upload. */
export class Expiry extends Construct {
  readonly expireUpload: Function

  constructor(scope: Construct, id: string, props: ExpiryProps) {
    super(scope, id)
    const { checks, originals } = props
    const { function: lambda } = new LambdaFunction(this, 'ExpireUpload', {
      name: 'expire-upload',
      description: 'Ends the images that were asked for and never uploaded',
      bundleFolder: props.bundleFolder,
      memorySize: MEMORY_SIZE_MIB,
      timeout: EXPIRE_UPLOAD_TIMEOUT,
      environment: { ORIGINALS_BUCKET: originals.bucket.bucketName, GRAPHQL_URL: props.graphqlUrl },
      grants: [
        checks.queue.consumeStatement(),
        new PolicyStatement({
          // The names of originals and nothing of what is in them; who may not even list is not told what is absent.
          sid: 'FindOriginals',
          actions: ['s3:ListBucket'],
          resources: [originals.bucket.bucketArn],
          conditions: { StringLike: { 's3:prefix': `${ORIGINALS_PREFIX}*` } },
        }),
        props.recordOutcome,
      ],
    })
    checks.queue.feed(this, 'ChecksToExpireUpload', lambda, { batchSize: BATCH_SIZE })
    this.expireUpload = lambda
  }
}
