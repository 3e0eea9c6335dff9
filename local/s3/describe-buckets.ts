import { authorize } from './authorize.ts'
import { type Operation, type S3Answer, type S3Request, type S3State, XML_CONTENT_TYPE } from './operation.ts'
import { writeXml } from './xml.ts'

/** In S3's words the oldest region has no name. */
const NAMELESS_REGION = 'us-east-1'

export const headBucket: Operation = async ({ context }, request, bucket) => {
  authorize(context, request, 's3:ListBucket', bucket)
  return { status: 200, headers: { 'x-amz-bucket-region': context.region, 'x-amz-access-point-alias': 'false' } }
}

export const getBucketLocation: Operation = async ({ context }, request, bucket) => {
  authorize(context, request, 's3:GetBucketLocation', bucket)
  const location = context.region === NAMELESS_REGION ? '' : context.region
  return { status: 200, headers: XML_CONTENT_TYPE, body: writeXml('LocationConstraint', { '#text': location }) }
}

export async function listBuckets({ context, buckets }: S3State, request: S3Request): Promise<S3Answer> {
  authorize(context, request, 's3:ListAllMyBuckets', undefined)
  const names = [...buckets.keys()].sort()
  return {
    status: 200,
    headers: XML_CONTENT_TYPE,
    body: writeXml('ListAllMyBucketsResult', {
      Owner: { ID: context.accountId },
      Buckets: {
        Bucket: names.map((name) => ({ Name: name, BucketRegion: context.region, BucketArn: buckets.get(name)?.arn })),
      },
    }),
  }
}
