import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { RekognitionClient } from '@aws-sdk/client-rekognition'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { handleMessages } from './lib/batch.ts'
import { systemClock } from './lib/clock.ts'
import { readEnvironment } from './lib/environment.ts'
import { functionApi } from './lib/function-clients.ts'
import { giveUpLabels, labelImage, type LabelImageServices } from './lib/label-image.ts'
import { readLabelRequest, type LabelRequest } from './lib/label-later.ts'
import { createLabelOutcomes } from './lib/label-outcomes.ts'
import { createLabelPictures } from './lib/media-objects.ts'
import { readMinConfidence } from './lib/moderation.ts'
import { createLabeler, createModerator } from './lib/rekognition.ts'
import { createTally } from './lib/tally.ts'

const environment = readEnvironment([
  'MEDIA_BUCKET', 'GRAPHQL_URL', 'DEAD_LETTERS_ARN', 'MODERATION_MIN_CONFIDENCE', 'AWS_REGION',
])
const minConfidence = readMinConfidence(environment.MODERATION_MIN_CONFIDENCE)
const logger = new Logger()
const tracer = new Tracer()
const metrics = new Metrics()
const rekognition = tracer.captureAWSv3Client(new RekognitionClient({}))

const services: LabelImageServices = {
  labelPictures: createLabelPictures(tracer.captureAWSv3Client(new S3Client({})), environment.MEDIA_BUCKET),
  labeler: createLabeler(rekognition),
  moderator: minConfidence === undefined ? undefined : createModerator(rekognition, minConfidence),
  outcomes: createLabelOutcomes(functionApi(environment)),
  tally: createTally(metrics),
  clock: systemClock,
  log: logger,
}

/**
 * Lambda function `label-image`: asks Rekognition once more what it did not answer when the image was developed. What
 * lands in the dead-letter queue was asked often enough.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context)
  try {
    return await handleMessages(event, handle)
  } finally {
    metrics.publishStoredMetrics()
  }
}

/** @throws whatever is to have the message come again */
async function handle(message: SQSRecord): Promise<void> {
  const isDeadLetter = message.eventSourceARN === environment.DEAD_LETTERS_ARN
  const request = readRequest(message, isDeadLetter)
  if (!request) return
  try {
    await (isDeadLetter ? giveUpLabels(request, services) : labelImage(request, services))
  } catch (error) {
    logger.warn('labels were not recorded', { imageId: request.id, question: request.question, error: error as Error })
    throw error
  }
}

/** @throws what makes a message that is no request a dead letter; there it is dropped */
function readRequest({ messageId, body }: SQSRecord, isDeadLetter: boolean): LabelRequest | undefined {
  try {
    return readLabelRequest(body)
  } catch (error) {
    logger.error('message is no request for labels', { messageId, error: error as Error })
    if (isDeadLetter) return undefined
    throw error
  }
}
