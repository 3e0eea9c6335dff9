import { randomBytes } from 'node:crypto'
import { Logger } from '@aws-lambda-powertools/logger'
import type { SignUploadRequest, SignUploadResponse } from '../resolvers/lib/sign-upload.ts'
import { systemClock } from './lib/clock.ts'
import { lambdaCredentials, readEnvironment, s3EndpointOverride } from './lib/environment.ts'
import { presignUpload } from './lib/presign-upload.ts'

const environment = readEnvironment(['ORIGINALS_BUCKET', 'AWS_REGION'])
const logger = new Logger()
const services = {
  bucket: environment.ORIGINALS_BUCKET,
  region: environment.AWS_REGION,
  endpoint: s3EndpointOverride(),
  credentials: lambdaCredentials,
  clock: systemClock,
  randomBytes,
}

/** Lambda function `sign-upload`: called by `Mutation.requestUpload`, which has checked what was asked. */
export async function handler(request: SignUploadRequest): Promise<SignUploadResponse> {
  const signed = await presignUpload(request, services)
  logger.info('upload signed', { imageId: request.id, byteSize: request.byteSize, expiresAt: signed.expiresAt })
  return signed
}
