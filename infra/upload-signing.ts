import { Duration } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { ExpiryQueue } from './expiry-queue.ts'
import { LambdaFunction } from './lambda-function.ts'
import type { Originals } from './originals.ts'
import { acknowledgeWildcard } from './wildcards.ts'

/** Signing is arithmetic and needs little; more memory means more CPU, and so a shorter cold start. In MiB. */
const MEMORY_SIZE_MIB = 512

/** A signature takes milliseconds; somebody is waiting for it. */
const TIMEOUT = Duration.seconds(10)

export interface UploadSigningProps {
  originals: Originals
  checks: ExpiryQueue
  bundleFolder: string
}

/**
 * Signs uploads. A presigned URL can do what its signer may do in S3, so one PUT is all that an upload can ever do. For
 * each it leaves a message, by which somebody looks later whether the upload came.
 */
export class UploadSigning extends Construct {
  readonly function: Function

  constructor(scope: Construct, id: string, props: UploadSigningProps) {
    super(scope, id)
    const { function: lambda, role } = new LambdaFunction(this, 'SignUpload', {
      name: 'sign-upload',
      description: 'Presigns the PUTs of originals',
      bundleFolder: props.bundleFolder,
      memorySize: MEMORY_SIZE_MIB,
      timeout: TIMEOUT,
      environment: {
        ORIGINALS_BUCKET: props.originals.bucket.bucketName,
        EXPIRY_QUEUE_URL: props.checks.queue.queueUrl,
      },
      grants: [
        new PolicyStatement({
          sid: 'SignUploads',
          actions: ['s3:PutObject'],
          resources: [props.originals.objectsArn],
        }),
        new PolicyStatement({
          sid: 'LeaveChecks',
          actions: ['sqs:SendMessage'],
          resources: [props.checks.queue.queueArn],
        }),
      ],
    })
    acknowledgeWildcard(role, props.originals.objectsArn, 'An original\'s object key is made per upload.')
    this.function = lambda
  }
}
