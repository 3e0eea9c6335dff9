import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { handleArrivals } from './lib/batch.ts'
import { readEnvironment } from './lib/environment.ts'
import { functionApi, functionQueue } from './lib/function-clients.ts'
import { createRenditions } from './lib/media-objects.ts'
import { createOutcomes } from './lib/outcomes.ts'
import { recordFailure, type RecordFailureServices } from './lib/record-failure.ts'
import { createTally } from './lib/tally.ts'

const environment = readEnvironment(['MEDIA_BUCKET', 'GRAPHQL_URL', 'FAILED_QUEUE_URL', 'AWS_REGION'])
const logger = new Logger()

const services: RecordFailureServices = {
  outcomes: createOutcomes(functionApi(environment)),
  renditions: createRenditions(new S3Client({}), environment.MEDIA_BUCKET),
  tally: createTally(new Metrics()),
  log: logger,
}

const failedQueue = functionQueue(environment.FAILED_QUEUE_URL, environment)

/**
 * Lambda function `record-failure`: tells the owners of what landed in the dead-letter queue, removes what was made of it,
 * and keeps the events in the queue of failed images, from which `npm run redrive` sends them back.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context)
  return handleArrivals(event, {
    handle: (arrival) => recordFailure(arrival, services),
    unreadable: 'drop',
    log: logger,
    finish: ({ body }) => failedQueue.send(body),
  })
}
