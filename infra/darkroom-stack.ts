import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { AccessLogs } from './access-logs.ts'
import { Api } from './api.ts'
import { ArrivalQueue } from './arrival-queue.ts'
import { BundleError } from './bundle/bundle-error.ts'
import type { FunctionBundle } from './bundle/functions.ts'
import type { ResolverBundle } from './bundle/resolvers.ts'
import type { FieldResolver } from './bundle/resolver-files.ts'
import { Delivery } from './delivery.ts'
import { Expiry } from './expiry.ts'
import { ExpiryQueue } from './expiry-queue.ts'
import { Identity } from './identity.ts'
import { Labelling } from './labelling.ts'
import { LabelQueue } from './label-queue.ts'
import { Observability } from './observability.ts'
import { Originals } from './originals.ts'
import { Processing } from './processing.ts'
import { Removal } from './removal.ts'
import { RemovalQueue } from './removal-queue.ts'
import type { Settings } from './settings.ts'
import { Store } from './store.ts'
import { UploadSigning } from './upload-signing.ts'
import { ViewCounting } from './view-counting.ts'
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
    const logs = settings.countViews ? new AccessLogs(this, 'AccessLogs', { retain }) : undefined
    const delivery = new Delivery(this, 'Delivery', { ...settings, ...(logs ? { logs } : {}) })
    const checks = new ExpiryQueue(this, 'ExpiryQueue')
    const arrivals = new ArrivalQueue(this, 'ArrivalQueue')
    const removals = new RemovalQueue(this, 'RemovalQueue')
    const labels = new LabelQueue(this, 'LabelQueue', settings)
    const signing = new UploadSigning(this, 'UploadSigning', {
      originals, checks, bundleFolder: bundleFolder('sign-upload'),
    })
    const api = new Api(this, 'Api', {
      schemaPath: props.schemaPath,
      resolvers: props.resolvers,
      bundles: props.resolverBundles,
      store,
      signUpload: signing.function,
      arrivals,
      removals,
      originals,
      userPool: identity.userPool,
      mediaBaseUrl: delivery.mediaBaseUrl,
    })
    const { graphqlUrl } = api.graphqlApi
    const mayRecord = (sid: string, ...mutations: string[]) =>
      new PolicyStatement({
        sid, actions: ['appsync:GraphQL'], resources: mutations.map((mutation) => api.fieldArn('Mutation', mutation)),
      })
    const recordOutcome = mayRecord('RecordOutcome', 'recordImageProcessed')
    const processing = new Processing(this, 'Processing', {
      arrivals,
      originals,
      delivery,
      labels,
      removals,
      graphqlUrl,
      recordOutcome,
      bundleFolders: { processImage: bundleFolder('process-image'), recordFailure: bundleFolder('record-failure') },
      sharpLayerFolder: props.sharpLayerFolder,
      concurrency: settings.processingConcurrency,
      variants: settings.variants,
    })
    const labelling = new Labelling(this, 'Labelling', {
      labels,
      delivery,
      graphqlUrl,
      recordLabels: mayRecord('RecordLabels', 'recordImageLabels'),
      bundleFolder: bundleFolder('label-image'),
    })
    const removal = new Removal(this, 'Removal', {
      removals,
      originals,
      delivery,
      graphqlUrl,
      recordRemoval: mayRecord('RecordRemoval', 'publishImageChange', 'recordImageRemoved'),
      bundleFolder: bundleFolder('remove-image'),
    })
    const expiry = new Expiry(this, 'Expiry', {
      checks, originals, graphqlUrl, recordOutcome, bundleFolder: bundleFolder('expire-upload'),
    })
    const viewCounting = logs && new ViewCounting(this, 'ViewCounting', {
      logs,
      graphqlUrl,
      recordViews: mayRecord('RecordViews', 'recordImageViews'),
      bundleFolder: bundleFolder('count-views'),
    })
    new Observability(this, 'Observability', {
      api,
      processing,
      checks,
      labels,
      removals,
      ...(logs ? { logs } : {}),
      functions: {
        SignUpload: signing.function,
        ProcessImage: processing.processImage,
        RecordFailure: processing.recordFailure,
        ExpireUpload: expiry.expireUpload,
        LabelImage: labelling.labelImage,
        RemoveImage: removal.removeImage,
        ...(viewCounting ? { CountViews: viewCounting.countViews } : {}),
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
      LabelsQueueUrl: labels.queue.queueUrl,
      LabelsDeadLetterQueueUrl: labels.deadLetterQueue.queueUrl,
      RemovalsQueueUrl: removals.queue.queueUrl,
      RemovalsDeadLetterQueueUrl: removals.deadLetterQueue.queueUrl,
    })
  }

  private addOutputs(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value })
  }
}
