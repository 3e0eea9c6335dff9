import { Logger } from '@aws-lambda-powertools/logger'
import { S3Client } from '@aws-sdk/client-s3'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { handleLogged } from './lib/batch.ts'
import { countViews, type CountViewsServices } from './lib/count-views.ts'
import { readEnvironment } from './lib/environment.ts'
import { functionApi } from './lib/function-clients.ts'
import { createLogFiles, readLogFiles } from './lib/log-files.ts'
import { createViewRecords } from './lib/view-records.ts'

const environment = readEnvironment(['GRAPHQL_URL', 'AWS_REGION'])
const logger = new Logger()

const services: CountViewsServices = {
  files: createLogFiles(new S3Client({})),
  records: createViewRecords(functionApi(environment)),
  log: logger,
}

/** Lambda function `count-views`: counts in the CDN's log files how often each image was looked at. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context)
  return handleLogged(event, { handle: countAll, log: logger, failure: 'log file was not counted' })
}

async function countAll(body: string): Promise<void> {
  for (const file of readLogFiles(body)) await countViews(file, services)
}
