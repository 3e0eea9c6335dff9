import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { Api } from './api.ts'
import { BundleError } from './bundle/bundle-error.ts'
import type { FunctionBundle } from './bundle/functions.ts'
import type { ResolverBundle } from './bundle/resolvers.ts'
import type { FieldResolver } from './bundle/resolver-files.ts'
import { Delivery } from './delivery.ts'
import { Expiry } from './expiry.ts'
import { ExpiryQueue } from './expiry-queue.ts'
import { Identity } from './identity.ts'
import { Observability } from './observability.ts'
import { Originals } from './originals.ts'
import { Processing } from './processing.ts'
import type { Settings } from './settings.ts'
import { Store } from './store.ts'
import { UploadSigning } from './upload-signing.ts'
import { acknowledgeNotificationsHandler } from './notifications-handler.ts'

export interface DarkroomStackProps extends StackProps {
  settings: Settings
  schemaPath: string
  functions: FunctionBundle[]
  resolvers: FieldResolver[]
  resolverBundles: ResolverBundle[]
  sharpLayerFolder: string
}

/** All of Darkroom, for any account and region. */
export class DarkroomStack extends Stack {
  constructor(scope: Construct, id: string, props: DarkroomStackProps) {
    super(scope, id, props)
    const { settings } = props
    const { retain } = settings
    const bundleFolder = (name: string) => {
      const bundle = props.functions.find((candidate) => candidate.name === name)
      if (!bundle) throw new BundleError(`expected functions/${name}.ts, found none of that name.`)
      return bundle.folder
    }
    const store = new Store(this, 'Store', { retain })
    const identity = new Identity(this, 'Identity', { retain })
    const originals = new Originals(this, 'Originals', { retain, allowedOrigins: settings.allowedOrigins })
    const delivery = new Delivery(this, 'Delivery', settings)
    const checks = new ExpiryQueue(this, 'ExpiryQueue')
    const signing = new UploadSigning(this, 'UploadSigning', {
      originals, checks, bundleFolder: bundleFolder('sign-upload'),
    })
    const api = new Api(this, 'Api', {
      schemaPath: props.schemaPath,
      resolvers: props.resolvers,
      bundles: props.resolverBundles,
      store,
      signUpload: signing.function,
      userPool: identity.userPool,
      mediaBaseUrl: delivery.mediaBaseUrl,
    })
    const { graphqlUrl } = api.graphqlApi
    const recordOutcome = new PolicyStatement({
      sid: 'RecordOutcome',
      actions: ['appsync:GraphQL'],
      resources: [api.fieldArn('Mutation', 'recordImageProcessed')],
    })
    const processing = new Processing(this, 'Processing', {
      originals,
      delivery,
      graphqlUrl,
      recordOutcome,
      bundleFolders: { processImage: bundleFolder('process-image'), recordFailure: bundleFolder('record-failure') },
      sharpLayerFolder: props.sharpLayerFolder,
      concurrency: settings.processingConcurrency,
    })
    const expiry = new Expiry(this, 'Expiry', {
      checks, originals, graphqlUrl, recordOutcome, bundleFolder: bundleFolder('expire-upload'),
    })
    new Observability(this, 'Observability', {
      api,
      processing,
      checks,
      functions: {
        SignUpload: signing.function,
        ProcessImage: processing.processImage,
        RecordFailure: processing.recordFailure,
        ExpireUpload: expiry.expireUpload,
      },
      ...(settings.alarmTopicArn ? { alarmTopicArn: settings.alarmTopicArn } : {}),
    })
    acknowledgeNotificationsHandler(this)
    this.addOutputs({
      Region: Aws.REGION,
      GraphqlApiId: api.graphqlApi.apiId,
      GraphqlUrl: api.graphqlApi.graphqlUrl,
      RealtimeUrl: api.realtimeUrl,
      GuestApiKey: api.guestApiKey,
      UserPoolId: identity.userPool.userPoolId,
      UserPoolClientId: identity.client.userPoolClientId,
      MediaBaseUrl: delivery.mediaBaseUrl,
      MediaBucketName: delivery.bucket.bucketName,
      OriginalsBucketName: originals.bucket.bucketName,
      TableName: store.table.tableName,
      ArrivalsQueueUrl: processing.queue.queueUrl,
      DeadLetterQueueUrl: processing.deadLetterQueue.queueUrl,
      FailedQueueUrl: processing.failedQueue.queueUrl,
      ExpiryQueueUrl: checks.queue.queueUrl,
      ExpiryDeadLetterQueueUrl: checks.deadLetterQueue.queueUrl,
    })
  }

  private addOutputs(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value })
  }
}
