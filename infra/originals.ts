import { HttpMethods, type Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { PrivateBucket } from './private-bucket.ts'

/** What stands before the object key of every original: `originals/<owner>/<id>`. */
export const ORIGINALS_PREFIX = 'originals/'

/** The headers that a presigned upload may hold a browser to. */
const UPLOAD_HEADERS = ['content-type', 'if-none-match', 'x-amz-checksum-sha256']

/** How long a browser remembers that it may upload, in seconds. */
const CORS_MAX_AGE_SECONDS = 3_600

export interface OriginalsProps {
  retain: boolean
  allowedOrigins: string[]
}

/** The uploaded bytes: never served, written by presigned PUT alone, read by the processing alone. */
export class Originals extends Construct {
  readonly bucket: Bucket
  /** ARN of every original, for grants. */
  readonly objectsArn: string

  constructor(scope: Construct, id: string, props: OriginalsProps) {
    super(scope, id)
    this.bucket = new PrivateBucket(this, 'Bucket', {
      retain: props.retain,
      cors: [{
        allowedMethods: [HttpMethods.PUT],
        allowedOrigins: props.allowedOrigins,
        allowedHeaders: UPLOAD_HEADERS,
        exposedHeaders: ['ETag', 'x-amz-version-id'],
        maxAge: CORS_MAX_AGE_SECONDS,
      }],
    })
    this.objectsArn = this.bucket.arnForObjects(`${ORIGINALS_PREFIX}*`)
  }
}
