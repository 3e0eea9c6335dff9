import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import {
  BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type CorsRule,
} from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

/** How long a version that was overwritten or deleted can still be brought back, in days. */
const NONCURRENT_VERSION_DAYS = 7

/** When the parts of an upload that was never finished are thrown away, in days. */
const INCOMPLETE_UPLOAD_DAYS = 1

export interface PrivateBucketProps {
  retain: boolean
  /** @default - no browser may use the bucket across origins */
  cors?: CorsRule[]
}

/** A bucket that is private, versioned and encrypted, and answers over TLS 1.2 and up alone. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      lifecycleRules: [{
        abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOAD_DAYS),
        noncurrentVersionExpiration: Duration.days(NONCURRENT_VERSION_DAYS),
      }],
      ...(props.cors ? { cors: props.cors } : {}),
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !props.retain,
    })
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Every write goes through one Lambda function whose logs and traces name the object key; access logs of '
        + 'the reads would be a second store of visitors\' addresses.',
    })
  }
}
