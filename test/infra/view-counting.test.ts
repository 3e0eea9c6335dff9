import { describe, expect, it } from 'vitest'
import { flatten, givenTemplate, propertiesOf } from './given.ts'

const given = givenTemplate()
const all = (type: string) => propertiesOf(given.template, type)

describe('the log of who fetches what', () => {
  it('goes to a bucket of its own that takes it by ACL, and keeps no versions and nothing for more than two days', () => {
    const bucket = all('AWS::S3::Bucket')['AccessLogsBucket']
    expect(bucket).toMatchObject({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 2, Status: 'Enabled' }] },
    })
    expect(bucket).not.toHaveProperty('VersioningConfiguration')
    expect(bucket).not.toHaveProperty('AccessControl')
    const [distribution] = Object.values(all('AWS::CloudFront::Distribution'))
    const { Logging } = distribution?.['DistributionConfig'] as { Logging: Record<string, unknown> }
    expect(flatten(Logging.Bucket)).toBe('<AccessLogsBucket.RegionalDomainName>')
    expect(Logging).not.toHaveProperty('IncludeCookies')
  })

  it('is counted a file at a time, two at once, and a file that fails five times waits in the dead letters', () => {
    const { AccessLogsLogFiles: files, AccessLogsDeadLogFiles: dead } = all('AWS::SQS::Queue')
    const { Timeout } = all('AWS::Lambda::Function')['ViewCountingCountViewsFunction'] ?? {}
    expect(files).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 5 } })
    expect(files?.['VisibilityTimeout']).toBe(6 * Number(Timeout))
    expect(dead).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 })
    expect(all('AWS::Lambda::EventSourceMapping')['ViewCountingLogFilesToCountViews']).toMatchObject({
      BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 },
    })
    expect(all('AWS::CloudWatch::Alarm')['ObservabilityViewsFail']).toMatchObject({ Threshold: 0 })
  })

  it('is told of whenever CloudFront leaves a file, whatever its name', () => {
    const notifications = Object.values(all('Custom::S3BucketNotifications'))
    const own = notifications.find(({ BucketName }) => flatten(BucketName) === '<AccessLogsBucket>')
    expect(own?.['NotificationConfiguration']).toEqual({
      QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], QueueArn: expect.anything() }],
    })
  })
})
