import type { OutgoingHttpHeaders } from 'node:http'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import { S3Error } from '../s3/errors.ts'
import type { Headers } from '../s3/operation.ts'
import type { S3 } from '../s3/s3.ts'
import { writeErrorXml } from '../s3/xml.ts'
import type { Behavior, Distribution } from './distribution.ts'
import type { Answer, ServedObject } from './read-object.ts'

/** What a request is answered with. */
export interface Edge {
  s3: Pick<S3, 'getObject' | 'preflight'>
  context: ServiceContext
  distribution: Distribution
  requestId: string
}

/** The origin's error document, as it goes through to the viewer. */
export interface ErrorDocument {
  status: number
  headers: OutgoingHttpHeaders
  text: string
}

/** Answers by the bucket's CORS rules. @throws S3Error */
export function preflight({ s3 }: Edge, { origin }: Behavior, headers: Headers): Answer {
  const answer = s3.preflight(origin.bucketName, headers)
  return { status: answer.status, headers: { ...answer.headers, 'content-length': 0, server: 'AmazonS3' } }
}

/**
 * Asks the behaviour's bucket, as CloudFront in the name of this distribution.
 * @param path not decoded, without the query: no cache policy that is emulated passes it on
 * @throws S3Error
 */
export async function findAtOrigin(
  { s3, context, distribution }: Edge,
  { origin }: Behavior,
  path: string,
): Promise<ServedObject> {
  const caller: Caller = origin.signed
    ? {
        kind: 'service',
        service: 'cloudfront.amazonaws.com',
        sourceArn: distribution.arn,
        sourceAccount: context.accountId,
      }
    : { kind: 'anonymous' }
  const { etag, headers, version, open } = await s3.getObject(
    origin.bucketName,
    objectKey(origin.originPath, path),
    caller,
  )
  const { byteSize, lastModified } = version
  return { etag, lastModified, byteSize, headers: { ...headers, server: 'AmazonS3' }, open }
}

function objectKey(originPath: string, path: string): string {
  try {
    return decodeURIComponent(`${originPath}${path}`).replace(/^\//, '')
  } catch {
    throw new S3Error('InvalidURI', `Couldn't parse the specified URI: ${path}`)
  }
}

/** What the bucket says of this error; of what is no error of its own, that it failed. */
export function describeError(error: unknown, { context, requestId }: Edge): ErrorDocument {
  if (!(error instanceof AwsError)) {
    context.log('error', 'cloudfront', 'An object could not be served', {
      requestId,
      reason: error instanceof Error ? error.stack : String(error),
    })
  }
  const known =
    error instanceof AwsError
      ? error
      : new S3Error('InternalError', 'We encountered an internal error. Please try again.')
  // Who may not read is told no more than that, whatever IAM said.
  const message = known.code === 'AccessDenied' ? 'Access Denied' : known.message
  const text = writeErrorXml({
    Code: known.code,
    Message: message,
    ...(known.members as Record<string, string | number>),
    RequestId: requestId,
  })
  return {
    status: known.statusCode,
    headers: {
      server: 'AmazonS3',
      'content-type': 'application/xml',
      'content-length': Buffer.byteLength(text),
      ...(known instanceof S3Error && known.headers),
    },
    text,
  }
}
