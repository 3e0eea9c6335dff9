import { randomBytes } from 'node:crypto'
import { Logger } from '@aws-lambda-powertools/logger'
import type { SignUploadRequest, SignUploadResponse, SignUploadsRequest, SignUploadsResponse } from '../resolvers/lib/sign-upload.ts'
import { systemClock } from './lib/clock.ts'
import { lambdaCredentials, readEnvironment, s3EndpointOverride } from './lib/environment.ts'
import { functionQueue } from './lib/function-clients.ts'
import { presignUpload } from './lib/presign-upload.ts'
import { UPLOAD_CHECK_DELAY_SECONDS, writeUploadCheck } from './lib/upload-check.ts'

const environment = readEnvironment(['ORIGINALS_BUCKET', 'EXPIRY_QUEUE_URL', 'AWS_REGION'])
const logger = new Logger()
const services = {
  bucket: environment.ORIGINALS_BUCKET,
  region: environment.AWS_REGION,
  endpoint: s3EndpointOverride(),
  credentials: lambdaCredentials,
  clock: systemClock,
  randomBytes,
}

const expiryQueue = functionQueue(environment.EXPIRY_QUEUE_URL, environment)

/**
 * Lambda function `sign-upload`: called by `Mutation.requestUpload` and `Mutation.requestUploads`, which have checked what
 * was asked. It answers only once it is certain that somebody will look whether each upload came.
 */
export async function handler({ uploads }: SignUploadsRequest): Promise<SignUploadsResponse> {
  return { uploads: await Promise.all(uploads.map(signUpload)) }
}

async function signUpload(request: SignUploadRequest): Promise<SignUploadResponse> {
  const signed = await presignUpload(request, services)
  await expiryQueue.send(writeUploadCheck(request), UPLOAD_CHECK_DELAY_SECONDS)
  logger.info('upload signed', { imageId: request.id, byteSize: request.byteSize, expiresAt: signed.expiresAt })
  return signed
}
