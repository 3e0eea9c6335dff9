import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { handleLogged } from './lib/batch.ts'
import { readEnvironment } from './lib/environment.ts'
import { expireUpload, type ExpireUploadServices } from './lib/expire-upload.ts'
import { functionApi } from './lib/function-clients.ts'
import { createOriginalIndex } from './lib/original-index.ts'
import { createOutcomes } from './lib/outcomes.ts'
import { createTally } from './lib/tally.ts'
import { readUploadCheck } from './lib/upload-check.ts'

const environment = readEnvironment(['ORIGINALS_BUCKET', 'GRAPHQL_URL', 'AWS_REGION'])
const logger = new Logger()

const services: ExpireUploadServices = {
  originals: createOriginalIndex(new S3Client({}), environment.ORIGINALS_BUCKET),
  outcomes: createOutcomes(functionApi(environment)),
  tally: createTally(new Metrics()),
  log: logger,
}

/** Lambda function `expire-upload`: ends the images that were asked for and never uploaded. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context)
  return handleLogged(event, {
    handle: (body) => expireUpload(readUploadCheck(body), services),
    log: logger,
    failure: 'upload check failed',
  })
}
