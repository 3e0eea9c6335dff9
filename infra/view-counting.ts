import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { COUNT_VIEWS_TIMEOUT, type AccessLogs } from './access-logs.ts'
import { LambdaFunction } from './lambda-function.ts'
import { acknowledgeWildcard } from './wildcards.ts'

/** A log file is read as it comes; what is kept is a line for each image that it names. In MiB. */
const MEMORY_SIZE_MIB = 256

/** A log file that can't be read keeps no other from being counted. */
const BATCH_SIZE = 1

/** Log files at a time, the least that SQS lets be said: nobody waits, and those of one image don't meet often. */
const CONCURRENCY = 2

export interface ViewCountingProps {
  logs: AccessLogs
  graphqlUrl: string
  /** May record views, and nothing else of the API. */
  recordViews: PolicyStatement
  bundleFolder: string
}

/** From a log file of the CDN to `Image.views`: S3 -> queue -> count-views. */
export class ViewCounting extends Construct {
  readonly countViews: Function

  constructor(scope: Construct, id: string, props: ViewCountingProps) {
    super(scope, id)
    const { bucket, queue } = props.logs
    const filesArn = bucket.arnForObjects('*')
    const { function: lambda, role } = new LambdaFunction(this, 'CountViews', {
      name: 'count-views',
      description: 'Counts in a log file of the CDN how often each image was looked at, and deletes the file',
      bundleFolder: props.bundleFolder,
      memorySize: MEMORY_SIZE_MIB,
      timeout: COUNT_VIEWS_TIMEOUT,
      environment: { GRAPHQL_URL: props.graphqlUrl },
      grants: [
        queue.consumeStatement(),
        new PolicyStatement({
          sid: 'TakeLogFiles',
          actions: ['s3:GetObject', 's3:DeleteObject'],
          resources: [filesArn],
        }),
        // Who may not list is answered 403 for a file that is counted and deleted already, and not 404.
        new PolicyStatement({ sid: 'FindLogFiles', actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
        props.recordViews,
      ],
    })
    acknowledgeWildcard(role, filesArn, 'Reads and deletes the log file that its event names.')
    queue.feed(this, 'LogFilesToCountViews', lambda, { batchSize: BATCH_SIZE, maxConcurrency: CONCURRENCY })
    this.countViews = lambda
  }
}
