import { Logger } from '@aws-lambda-powertools/logger'
import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { handleLogged } from './lib/batch.ts'
import { systemClock } from './lib/clock.ts'
import { createEdgeCaches } from './lib/edge-caches.ts'
import { readEnvironment } from './lib/environment.ts'
import { functionApi } from './lib/function-clients.ts'
import { createRenditions } from './lib/media-objects.ts'
import { createOriginalVersions } from './lib/original-versions.ts'
import { readRemoval } from './lib/removal-message.ts'
import { createRemovals } from './lib/removals.ts'
import { removeImages, type RemoveServices } from './lib/remove-image.ts'

const environment = readEnvironment([
  'ORIGINALS_BUCKET', 'MEDIA_BUCKET', 'DISTRIBUTION_ID', 'GRAPHQL_URL', 'AWS_REGION',
])
const logger = new Logger()
const s3 = new S3Client({})

const services: RemoveServices = {
  removals: createRemovals(functionApi(environment)),
  originals: createOriginalVersions(s3, environment.ORIGINALS_BUCKET),
  renditions: createRenditions(s3, environment.MEDIA_BUCKET),
  edgeCaches: createEdgeCaches(new CloudFrontClient({}), environment.DISTRIBUTION_ID),
  clock: systemClock,
  log: logger,
}

/** Lambda function `remove-image`: removes what is left of images that were deleted or developed once more. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context)
  return handleLogged(event, {
    handle: (body) => removeImages(readRemoval(body), services),
    log: logger,
    failure: 'removal failed',
  })
}
