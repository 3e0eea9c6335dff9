import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { RekognitionClient } from '@aws-sdk/client-rekognition'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { handleArrivals } from './lib/batch.ts'
import { systemClock } from './lib/clock.ts'
import { developImage, type DevelopServices } from './lib/develop-image.ts'
import { readEnvironment } from './lib/environment.ts'
import { functionApi, functionQueue } from './lib/function-clients.ts'
import { createLabelPictures } from './lib/media-objects.ts'
import { readMinConfidence } from './lib/moderation.ts'
import { createMediaStore, createOriginalStore } from './lib/object-store.ts'
import { createOutcomes } from './lib/outcomes.ts'
import { createLabeler, createModerator } from './lib/rekognition.ts'
import { createTally } from './lib/tally.ts'
import { parseVariants } from './lib/variant-settings.ts'

const environment = readEnvironment([
  'MEDIA_BUCKET', 'GRAPHQL_URL', 'LABELS_QUEUE_URL', 'REMOVALS_QUEUE_URL', 'MODERATION_MIN_CONFIDENCE', 'VARIANTS',
  'AWS_REGION',
])
const minConfidence = readMinConfidence(environment.MODERATION_MIN_CONFIDENCE)
const logger = new Logger()
const tracer = new Tracer()
const metrics = new Metrics()
/** Originals are hashed and held against what was declared (`checkSha256`): once is enough. */
const s3 = tracer.captureAWSv3Client(new S3Client({ responseChecksumValidation: 'WHEN_REQUIRED' }))
const rekognition = tracer.captureAWSv3Client(new RekognitionClient({}))

const services: DevelopServices = {
  outcomes: createOutcomes(functionApi(environment)),
  originals: createOriginalStore(s3),
  media: createMediaStore(s3, environment.MEDIA_BUCKET),
  variants: parseVariants(environment.VARIANTS),
  labeler: createLabeler(rekognition),
  moderator: minConfidence === undefined ? undefined : createModerator(rekognition, minConfidence),
  labelPictures: createLabelPictures(s3, environment.MEDIA_BUCKET),
  labelQueue: functionQueue(environment.LABELS_QUEUE_URL, environment),
  removals: functionQueue(environment.REMOVALS_QUEUE_URL, environment),
  tally: createTally(metrics),
  clock: systemClock,
  log: logger,
}

/** Lambda function `process-image`: develops the originals that S3 reports through the queue. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context)
  try {
    return await handleArrivals(event, {
      handle: (arrival) => developImage(arrival, services),
      unreadable: 'fail',
      log: logger,
    })
  } finally {
    metrics.publishStoredMetrics()
  }
}
