import { randomBytes } from 'node:crypto'
import { createReadStream, openSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsError } from '../aws/errors.ts'
import { authenticate } from './authenticate.ts'
import type { Bucket } from './bucket.ts'
import { answerPreflight, corsHeaders } from './cors.ts'
import { listBuckets } from './describe-buckets.ts'
import { accessDenied, S3Error } from './errors.ts'
import { findOperation } from './operations.ts'
import { type Headers, type S3Answer, type S3State, XML_CONTENT_TYPE } from './operation.ts'
import { readHeaders, readTarget, type Target } from './read-request.ts'
import { writeErrorXml } from './xml.ts'

/** Random bytes of a request id: 16 characters, as S3's. */
const REQUEST_ID_BYTES = 8

/** Answers to these statuses have no body, whatever the method. */
const BODILESS_STATUSES = new Set([204, 304])

export function createHandler(state: S3State): RequestListener {
  return (http, response) => {
    const requestId = randomBytes(REQUEST_ID_BYTES).toString('hex').toUpperCase()
    void serve(state, http, response, requestId).catch((error: unknown) => {
      state.context.log('debug', 's3', 'The client went away', { requestId, reason: String(error) })
      response.destroy()
    })
  }
}

async function serve(
  state: S3State,
  http: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const headers = readHeaders(http)
  const method = http.method ?? 'GET'
  let bucket: Bucket | undefined
  let answer: S3Answer
  try {
    const target = readTarget(http.url ?? '/')
    bucket = target.bucketName === undefined ? undefined : state.buckets.get(target.bucketName)
    answer =
      method === 'OPTIONS'
        ? answerPreflight(requireBucket(bucket, target), headers)
        : await perform(state, http, headers, target, bucket, requestId)
  } catch (error) {
    answer = errorAnswer(state, error, http.url ?? '/', requestId)
  }
  const cors = method === 'OPTIONS' ? {} : corsHeaders(bucket, method, headers)
  await send(response, method, {
    ...answer,
    headers: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId, server: 'AmazonS3', ...cors, ...answer.headers },
  })
  drain(http)
}

async function perform(
  state: S3State,
  http: IncomingMessage,
  headers: Headers,
  { bucketName, key, query }: Target,
  bucket: Bucket | undefined,
  requestId: string,
): Promise<S3Answer> {
  const method = http.method ?? 'GET'
  const verified = authenticate(state.context, { method, url: http.url ?? '/', headers })
  const request = {
    http,
    headers,
    requestId,
    bucketName,
    key,
    query,
    caller: verified?.caller ?? { kind: 'anonymous' as const },
    signature: verified,
    payloadHash: verified?.payloadHash ?? headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
    sourceIp: http.socket.remoteAddress ?? '',
  }
  if (bucketName === undefined && method === 'GET') return listBuckets(state, request)
  const target = requireBucket(bucket, { bucketName })
  const expectedOwner = headers['x-amz-expected-bucket-owner']
  if (expectedOwner !== undefined && expectedOwner !== state.context.accountId) throw accessDenied()
  return findOperation(method, key, query, headers)(state, request, target)
}

function requireBucket(bucket: Bucket | undefined, { bucketName }: Pick<Target, 'bucketName'>): Bucket {
  if (bucket) return bucket
  if (bucketName === undefined)
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      ResourceType: 'SERVICE',
    })
  throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucketName })
}

function errorAnswer({ context }: S3State, error: unknown, url: string, requestId: string): S3Answer {
  const known = error instanceof AwsError ? error : undefined
  if (!known)
    context.log('error', 's3', 'An operation failed unexpectedly', {
      requestId,
      reason: error instanceof Error ? error.stack : String(error),
    })
  const shown = known ?? new S3Error('InternalError', 'We encountered an internal error. Please try again.')
  const members = shown.members as Record<string, string | number>
  return {
    status: shown.statusCode,
    headers: { ...XML_CONTENT_TYPE, ...(shown instanceof S3Error && shown.headers) },
    body: writeErrorXml({
      Code: shown.code,
      Message: shown.message,
      ...members,
      Resource: url.split('?')[0],
      RequestId: requestId,
      HostId: requestId,
    }),
  }
}

async function send(response: ServerResponse, method: string, { status, headers = {}, body }: S3Answer): Promise<void> {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, value)
  }
  if (typeof body === 'string') response.setHeader('content-length', Buffer.byteLength(body))
  else if (body === undefined && !BODILESS_STATUSES.has(status)) response.setHeader('content-length', 0)
  if (method === 'HEAD' || body === undefined || BODILESS_STATUSES.has(status)) response.end()
  else if (typeof body === 'string') response.end(body)
  else if (body.last < body.first) response.end()
  else await pipeline(openRange(body), response)
}

/** Opened at once: a version that is removed from now on is still sent to its end. */
export function openRange({ path, first, last }: { path: string; first: number; last: number }): Readable {
  return createReadStream(path, { fd: openSync(path, 'r'), start: first, end: last })
}

/** Lets a refused sender finish: it reads the answer only after its last byte. */
function drain(http: IncomingMessage): void {
  if (http.complete) return
  http.removeAllListeners('readable')
  http.resume()
}
