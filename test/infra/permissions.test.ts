import { Bucket } from 'aws-cdk-lib/aws-s3'
import { App, Stack } from 'aws-cdk-lib'
import { describe, expect, it } from 'vitest'
import { findNagFaults } from '../../infra/nag.ts'
import { describe as describeStack } from '../../infra/synth.ts'
import { asList, flatten, givenFolder, givenTemplate, propertiesOf, readable } from './given.ts'

interface Statement { Effect: string; Action: unknown; Resource: unknown; Condition?: unknown }
interface PolicyProperties { PolicyDocument: { Statement: Statement[] }; Roles?: { Ref: string }[] }

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents']
const TRACE = ['xray:PutTelemetryRecords xray:PutTraceSegments', '*'] as const
const CONSUME = 'sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage'
const MUTATIONS = '<ApiGraphqlApi.Arn>/types/Mutation/fields'
const RECORD = `${MUTATIONS}/recordImageProcessed`

/** Every role, and all that it may do: actions -> resource. */
const ALLOWED: Record<string, (readonly [actions: string, resource: string])[]> = {
  UploadSigningSignUploadRole: [
    [LOG.join(' '), '<UploadSigningSignUploadLog.Arn>'],
    TRACE,
    ['s3:PutObject', '<OriginalsBucket.Arn>/originals/*'],
    ['sqs:SendMessage', '<ExpiryQueueChecks.Arn>'],
  ],
  ProcessingProcessImageRole: [
    [LOG.join(' '), '<ProcessingProcessImageLog.Arn>'],
    TRACE,
    [CONSUME, '<ArrivalQueueArrivals.Arn>'],
    ['s3:GetObject s3:GetObjectVersion', '<OriginalsBucket.Arn>/originals/*'],
    ['s3:PutObject', '<DeliveryBucket.Arn>/labelling/*'],
    ['s3:PutObject', '<DeliveryBucket.Arn>/processed/*'],
    ['rekognition:DetectLabels', '*'],
    ['sqs:SendMessage', '<LabelQueueLabels.Arn>'],
    ['sqs:SendMessage', '<RemovalQueueRemovals.Arn>'],
    ['appsync:GraphQL', RECORD],
  ],
  ProcessingRecordFailureRole: [
    [LOG.join(' '), '<ProcessingRecordFailureLog.Arn>'],
    TRACE,
    [CONSUME, '<ArrivalQueueDeadLetters.Arn>'],
    ['s3:ListBucket', '<DeliveryBucket.Arn>'],
    ['s3:DeleteObject', '<DeliveryBucket.Arn>/labelling/*'],
    ['s3:DeleteObject', '<DeliveryBucket.Arn>/processed/*'],
    ['sqs:SendMessage', '<ProcessingFailed.Arn>'],
    ['appsync:GraphQL', RECORD],
  ],
  LabellingLabelImageRole: [
    [LOG.join(' '), '<LabellingLabelImageLog.Arn>'],
    TRACE,
    [CONSUME, '<LabelQueueLabels.Arn>'],
    [CONSUME, '<LabelQueueDeadLabels.Arn>'],
    ['s3:ListBucket', '<DeliveryBucket.Arn>'],
    ['s3:DeleteObject s3:GetObject', '<DeliveryBucket.Arn>/labelling/*'],
    ['rekognition:DetectLabels', '*'],
    ['appsync:GraphQL', `${MUTATIONS}/recordImageLabels`],
  ],
  RemovalRemoveImageRole: [
    [LOG.join(' '), '<RemovalRemoveImageLog.Arn>'],
    TRACE,
    [CONSUME, '<RemovalQueueRemovals.Arn>'],
    ['s3:ListBucketVersions', '<OriginalsBucket.Arn>'],
    ['s3:DeleteObjectVersion', '<OriginalsBucket.Arn>/originals/*'],
    ['s3:ListBucket', '<DeliveryBucket.Arn>'],
    ['s3:DeleteObject', '<DeliveryBucket.Arn>/labelling/*'],
    ['s3:DeleteObject', '<DeliveryBucket.Arn>/processed/*'],
    [
      'cloudfront:CreateInvalidation',
      'arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<DeliveryDistribution>',
    ],
    ['appsync:GraphQL', `${MUTATIONS}/publishImageChange`],
    ['appsync:GraphQL', `${MUTATIONS}/recordImageRemoved`],
  ],
  ViewCountingCountViewsRole: [
    [LOG.join(' '), '<ViewCountingCountViewsLog.Arn>'],
    TRACE,
    [CONSUME, '<AccessLogsLogFiles.Arn>'],
    ['s3:DeleteObject s3:GetObject', '<AccessLogsBucket.Arn>/*'],
    ['s3:ListBucket', '<AccessLogsBucket.Arn>'],
    ['appsync:GraphQL', `${MUTATIONS}/recordImageViews`],
  ],
  ExpiryExpireUploadRole: [
    [LOG.join(' '), '<ExpiryExpireUploadLog.Arn>'],
    TRACE,
    [CONSUME, '<ExpiryQueueChecks.Arn>'],
    ['s3:ListBucket', '<OriginalsBucket.Arn>'],
    ['appsync:GraphQL', RECORD],
  ],
  ApiImagesReaderRole: [
    ['dynamodb:BatchGetItem dynamodb:GetItem', '<StoreImages.Arn>'],
    ['dynamodb:Query', '<StoreImages.Arn>'],
    ['dynamodb:Query', '<StoreImages.Arn>/index/byChange'],
    ['dynamodb:Query', '<StoreImages.Arn>/index/byFacet'],
    ['dynamodb:Query', '<StoreImages.Arn>/index/byPublic'],
  ],
  ApiImagesWriterRole: [
    [
      'dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem',
      '<StoreImages.Arn>',
    ],
  ],
  ApiMessagesRole: [
    ['sqs:SendMessage', '<ArrivalQueueArrivals.Arn>'],
    ['sqs:SendMessage', '<RemovalQueueRemovals.Arn>'],
  ],
  ApiSelfRole: [['appsync:GraphQL', `${MUTATIONS}/publishImageChange`]],
  ApiSignUploadSourceRole: [
    ['lambda:InvokeFunction', '<UploadSigningSignUploadFunction.Arn>'],
  ],
  ApiLogRole: [
    ['logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents', '<ApiLog.Arn>'],
  ],
  BucketNotificationsHandlerRole: [
    ['s3:PutBucketNotification', '<OriginalsBucket.Arn>'],
    ['s3:PutBucketNotification', '<AccessLogsBucket.Arn>'],
  ],
}

/** Grants that hold under a condition alone: role and action -> the condition. */
const CONDITIONS: Record<string, unknown> = {
  'ExpiryExpireUploadRole s3:ListBucket': { StringLike: { 's3:prefix': 'originals/*' } },
  'ProcessingRecordFailureRole s3:ListBucket': { StringLike: { 's3:prefix': 'processed/*' } },
  'RemovalRemoveImageRole s3:ListBucketVersions': { StringLike: { 's3:prefix': 'originals/*' } },
  'RemovalRemoveImageRole s3:ListBucket': { StringLike: { 's3:prefix': 'processed/*' } },
  'LabellingLabelImageRole s3:ListBucket': { StringLike: { 's3:prefix': 'labelling/*' } },
}

const given = givenTemplate()

describe('every role', () => {
  /** What each role may do by its own policies and by those attached to it. */
  function grants(): Record<string, string[][]> {
    const found: Record<string, string[][]> = {}
    const add = (role: string, { PolicyDocument }: PolicyProperties) => {
      for (const { Effect, Action, Resource, Condition } of PolicyDocument.Statement) {
        expect(Effect).toBe('Allow')
        expect(Condition).toEqual(CONDITIONS[`${role} ${asList(Action).join(' ')}`])
        for (const resource of asList(Resource)) {
          (found[role] ??= []).push([asList(Action).join(' '), flatten(resource)])
        }
      }
    }
    for (const [id, properties] of Object.entries(propertiesOf(given.template, 'AWS::IAM::Role'))) {
      found[id] ??= []
      for (const policy of asList(properties['Policies'] ?? [])) add(id, policy as PolicyProperties)
    }
    for (const properties of Object.values(propertiesOf(given.template, 'AWS::IAM::Policy'))) {
      const policy = properties as unknown as PolicyProperties
      for (const { Ref } of policy.Roles ?? []) add(readable(Ref), policy)
    }
    return found
  }

  it('may do exactly what the table says', () => {
    expect(grants()).toEqual(ALLOWED)
  })

  it('names its resources, but for the actions of X-Ray and Rekognition, which know none', () => {
    const everywhere = Object.values(grants()).flat().filter(([, resource]) => resource === '*')
    const actions = new Set(everywhere.flatMap(([names = '']) => names.split(' ')))
    expect([...actions].sort()).toEqual([
      'rekognition:DetectLabels', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ])
  })

  it('has no managed policy, but for the function by which the CDK sets notifications', () => {
    const roles = propertiesOf(given.template, 'AWS::IAM::Role')
    const managed = Object.entries(roles).filter(([, { ManagedPolicyArns }]) => ManagedPolicyArns !== undefined)
    expect(managed.map(([id]) => id)).toEqual(['BucketNotificationsHandlerRole'])
  })

  it('is assumed by the one service that needs it', () => {
    const services = Object.entries(propertiesOf(given.template, 'AWS::IAM::Role')).map(([id, role]) => {
      const { Statement } = role['AssumeRolePolicyDocument'] as { Statement: { Principal: { Service: string } }[] }
      return [id, ...Statement.map(({ Principal }) => Principal.Service)]
    })
    for (const [id = '', ...principals] of services) {
      expect([id, principals]).toEqual([id, [id.startsWith('Api') ? 'appsync.amazonaws.com' : 'lambda.amazonaws.com']])
    }
  })
})

const EVERY_CHOICE = {
  retain: 'false',
  moderation: 'true',
  countViews: 'false',
  variants: 'avif:1920,480;jpeg:1080',
  mediaDomainName: 'img.example',
  mediaCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b',
  alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
}

describe('cdk-nag', () => {
  const folder = givenFolder()

  it.each([
    ['as it is by default', {}],
    ['with everything that can be chosen', EVERY_CHOICE],
  ])('finds nothing that is not acknowledged with a reason, %s', async (_how, context) => {
    const { app } = await describeStack({ out: folder.path, context })
    expect(findNagFaults(app)).toEqual([])
  })

  it('finds what nobody has acknowledged', () => {
    const stack = new Stack(new App({ outdir: folder.path }), 'Careless')
    new Bucket(stack, 'Open')
    expect(findNagFaults(stack).join('\n')).toContain('AwsSolutions-S10 Careless/Open/Resource')
  })
})
