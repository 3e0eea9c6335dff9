import type { OutgoingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import { judgeRead } from '../s3/conditions.ts'
import { S3Error } from '../s3/errors.ts'
import type { Headers } from '../s3/operation.ts'
import { readRange } from '../s3/range.ts'
import type { S3 } from '../s3/s3.ts'
import { writeErrorXml } from '../s3/xml.ts'
import type { Behavior, Distribution } from './distribution.ts'

/** What comes from the bucket, before a policy works on its headers. */
export interface OriginAnswer {
  status: number
  headers: OutgoingHttpHeaders
  body?: Readable
}

interface Edge {
  s3: Pick<S3, 'getObject' | 'preflight'>
  context: ServiceContext
  distribution: Distribution
  requestId: string
}

interface Asked {
  method: string
  /** Not decoded, without the query: no cache policy in use passes it on. */
  path: string
  headers: Headers
}

/** Asks the behaviour's bucket, as CloudFront in the name of this distribution. Errors are answers too. */
export async function fetchFromOrigin(edge: Edge, behavior: Behavior, asked: Asked): Promise<OriginAnswer> {
  try {
    return asked.method === 'OPTIONS'
      ? preflight(edge, behavior, asked.headers)
      : await getObject(edge, behavior, asked)
  } catch (error) {
    return errorAnswer(error, edge)
  }
}

function preflight({ s3 }: Edge, { origin }: Behavior, headers: Headers): OriginAnswer {
  const answer = s3.preflight(origin.bucketName, headers)
  return { status: answer.status, headers: { ...answer.headers, 'content-length': 0, server: 'AmazonS3' } }
}

async function getObject(
  { s3, context, distribution }: Edge,
  { origin }: Behavior,
  { path, headers }: Asked,
): Promise<OriginAnswer> {
  const caller: Caller = origin.signed
    ? {
        kind: 'service',
        service: 'cloudfront.amazonaws.com',
        sourceArn: distribution.arn,
        sourceAccount: context.accountId,
      }
    : { kind: 'anonymous' }
  const object = await s3.getObject(
    origin.bucketName,
    objectKey(origin.originPath, path, distribution.defaultRootObject),
    caller,
  )
  const about: OutgoingHttpHeaders = { ...object.headers, server: 'AmazonS3' }
  const { byteSize, lastModified } = object.version
  const verdict = judgeRead(headers, { etag: object.etag, lastModified })
  if (verdict === 'not-modified') return { status: 304, headers: about }
  if (verdict !== 'send') {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: verdict.failed,
    })
  }
  const ifRange = headers['if-range']
  const range = ifRange === undefined || ifRange === object.etag ? readRange(headers.range, byteSize) : undefined
  if (range === 'unsatisfiable') {
    throw new S3Error(
      'InvalidRange',
      'The requested range is not satisfiable',
      { RangeRequested: headers.range ?? '', ActualObjectSize: byteSize },
      { 'content-range': `bytes */${byteSize}` },
    )
  }
  if (!range) return { status: 200, headers: { ...about, 'content-length': byteSize }, body: object.open() }
  const { first, last } = range
  return {
    status: 206,
    headers: { ...about, 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${byteSize}` },
    body: object.open(range),
  }
}

function objectKey(originPath: string, path: string, defaultRootObject: string): string {
  const wanted = path === '/' ? `/${defaultRootObject}` : path
  try {
    return decodeURIComponent(`${originPath}${wanted}`).replace(/^\//, '')
  } catch {
    throw new S3Error('InvalidURI', `Couldn't parse the specified URI: ${path}`)
  }
}

/** The origin's error document goes through to the viewer. */
function errorAnswer(error: unknown, { context, requestId }: Edge): OriginAnswer {
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
  const body = writeErrorXml({
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
      'content-length': Buffer.byteLength(body),
      ...(known instanceof S3Error && known.headers),
    },
    body: Readable.from([body]),
  }
}
