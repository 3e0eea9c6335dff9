import { describe, expect, it } from 'vitest'
import { apiKeyExpiration } from '../../infra/api.ts'
import { retainedResources } from '../../infra/assembly.ts'
import { filesOf, findResolvers } from '../../infra/bundle/resolver-files.ts'
import { bundleResolvers } from '../../infra/bundle/resolvers.ts'
import { ROOT } from '../../infra/synth.ts'
import { asList, flatten, givenTemplate, propertiesOf } from './given.ts'

const SECONDS_PER_DAY = 86_400
const MS_PER_DAY = SECONDS_PER_DAY * 1_000

const given = givenTemplate()
const all = (type: string) => propertiesOf(given.template, type)
const only = (type: string) => {
  const found = Object.values(all(type))
  expect(found).toHaveLength(1)
  return found[0] ?? {}
}

describe('the table', () => {
  it('has the key and the three indexes that every list is served by', () => {
    const table = only('AWS::DynamoDB::GlobalTable')
    const keys = (schema: unknown) => (schema as { AttributeName: string }[]).map((key) => key.AttributeName)
    expect(keys(table['KeySchema'])).toEqual(['id', 'facet'])
    const indexes = table['GlobalSecondaryIndexes'] as { IndexName: string; KeySchema: unknown; Projection: unknown }[]
    expect(indexes.map((index) => [index.IndexName, keys(index.KeySchema), index.Projection])).toEqual([
      ['byFacet', ['facetKey', 'id'], { ProjectionType: 'ALL' }],
      ['byChange', ['owner', 'updatedAt'], { ProjectionType: 'ALL' }],
      ['byPublic', ['publicKey', 'id'], { ProjectionType: 'ALL' }],
    ])
  })

  it('can be restored to any second, refuses to be deleted, and bills by request', () => {
    const table = only('AWS::DynamoDB::GlobalTable')
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAtEpochSeconds', Enabled: true },
      Replicas: [{
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        Region: { Ref: 'AWS::Region' },
      }],
    })
  })
})

describe('every bucket', () => {
  it('is private, encrypted, versioned, and owned by its owner alone, but for the one of logs', () => {
    const { AccessLogsBucket: logs, ...buckets } = all('AWS::S3::Bucket')
    expect(Object.keys(buckets)).toEqual(['OriginalsBucket', 'DeliveryBucket'])
    expect(logs).toBeDefined()
    for (const bucket of Object.values(buckets)) {
      expect(bucket).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: expect.arrayContaining([{
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            NoncurrentVersionExpiration: { NoncurrentDays: 7 },
            Status: 'Enabled',
          }]),
        },
      })
    }
  })

  const POLICIES = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy']

  it.each(POLICIES)('and every queue refuses what is not TLS (%s)', (type) => {
    const policies = Object.values(all(type))
    expect(policies).toHaveLength(type === 'AWS::S3::BucketPolicy' ? 3 : Object.keys(all('AWS::SQS::Queue')).length)
    for (const policy of policies) {
      const { Statement } = policy['PolicyDocument'] as { Statement: unknown[] }
      expect(Statement).toContainEqual(expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }))
    }
  })

  it('of originals lets browsers PUT, and read what S3 answers', () => {
    const { CorsConfiguration } = all('AWS::S3::Bucket')['OriginalsBucket'] ?? {}
    expect(CorsConfiguration).toEqual({
      CorsRules: [{
        AllowedMethods: ['PUT'],
        AllowedOrigins: ['*'],
        AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256'],
        ExposedHeaders: ['ETag', 'x-amz-version-id'],
        MaxAge: 3600,
      }],
    })
  })
})

describe('an arrival', () => {
  it('is told of for originals alone, so that no variant is processed again', () => {
    const notifications = Object.values(all('Custom::S3BucketNotifications'))
    const own = notifications.find(({ BucketName }) => flatten(BucketName) === '<OriginalsBucket>')
    expect(own?.['NotificationConfiguration']).toEqual({
      QueueConfigurations: [{
        Events: ['s3:ObjectCreated:*'],
        Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'originals/' }] } },
        QueueArn: expect.objectContaining({ 'Fn::GetAtt': expect.anything() }),
      }],
    })
  })

  it('waits in an encrypted queue for six times as long as a function may take, and ends in the dead letters', () => {
    const { ArrivalQueueArrivals: arrivals, ArrivalQueueDeadLetters: deadLetters } = all('AWS::SQS::Queue')
    const timeouts = Object.fromEntries(Object.entries(all('AWS::Lambda::Function'))
      .map(([id, { Timeout }]) => [id, Number(Timeout)]))
    expect(arrivals).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 3 } })
    expect(arrivals?.['VisibilityTimeout']).toBe(6 * (timeouts['ProcessingProcessImageFunction'] ?? 0))
    expect(deadLetters).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 })
    expect(deadLetters?.['VisibilityTimeout']).toBe(6 * (timeouts['ProcessingRecordFailureFunction'] ?? 0))
  })

  it('may be sent by that bucket of this account, as log files by theirs, and by nobody else', () => {
    const allowed = Object.values(all('AWS::SQS::QueuePolicy')).flatMap((policy) =>
      (policy['PolicyDocument'] as { Statement: { Effect: string }[] }).Statement)
      .filter(({ Effect }) => Effect === 'Allow')
    const buckets = allowed.map((statement) => {
      expect(statement).toMatchObject({
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      })
      const { Condition, Resource } = statement as { Condition?: { ArnEquals: object }; Resource?: unknown }
      return [...Object.values(Condition?.ArnEquals ?? {}), Resource].map(flatten)
    })
    expect(buckets.sort()).toEqual([
      ['<AccessLogsBucket.Arn>', '<AccessLogsLogFiles.Arn>'], ['<OriginalsBucket.Arn>', '<ArrivalQueueArrivals.Arn>'],
    ])
  })

  it('is handed on one image at a time, and what fails of a batch comes back alone', () => {
    const mappings = all('AWS::Lambda::EventSourceMapping')
    expect(mappings['ProcessingArrivalsToProcessImage']).toMatchObject({
      BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 },
    })
    expect(mappings['ProcessingDeadLettersToRecordFailure']).toMatchObject({
      BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
  })
})

describe('an upload that may never come', () => {
  it('is looked for by an encrypted message, and a check that fails five times is kept for two weeks', () => {
    const { ExpiryQueueChecks: checks, ExpiryQueueDeadChecks: dead } = all('AWS::SQS::Queue')
    const { Timeout } = all('AWS::Lambda::Function')['ExpiryExpireUploadFunction'] ?? {}
    expect(checks).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 5 } })
    expect(checks?.['VisibilityTimeout']).toBe(6 * Number(Timeout))
    expect(dead).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 })
    expect(all('AWS::Lambda::EventSourceMapping')['ExpiryChecksToExpireUpload']).toMatchObject({
      BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
  })
})

describe('an image that is deleted', () => {
  it('is removed by an encrypted message, and what fails for two hours is kept for two weeks', () => {
    const { RemovalQueueRemovals: removals, RemovalQueueDeadRemovals: dead } = all('AWS::SQS::Queue')
    const { Timeout, Environment } = all('AWS::Lambda::Function')['RemovalRemoveImageFunction'] ?? {}
    expect(removals).toMatchObject({ SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 20 } })
    expect(removals?.['VisibilityTimeout']).toBe(6 * Number(Timeout))
    expect(dead).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 })
    expect(all('AWS::Lambda::EventSourceMapping')['RemovalRemovalsToRemoveImage']).toMatchObject({
      BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 },
    })
    const { Variables } = Environment as { Variables: { DISTRIBUTION_ID: unknown } }
    expect(flatten(Variables.DISTRIBUTION_ID)).toBe('<DeliveryDistribution>')
  })
})

describe('an image that failed', () => {
  it('leaves its event for two weeks in a queue that nobody consumes', () => {
    const { ProcessingFailed: failed } = all('AWS::SQS::Queue')
    expect(failed).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 60 * 60 })
    const mappings = Object.values(all('AWS::Lambda::EventSourceMapping'))
    const sources = mappings.map(({ EventSourceArn }) => flatten(EventSourceArn))
    expect(sources).not.toContain('<ProcessingFailed.Arn>')
  })
})

describe('every function', () => {
  const own = () => Object.entries(all('AWS::Lambda::Function')).filter(([id]) => !id.startsWith('BucketNotifications'))

  it('runs on arm64 with a trace, a log of its own and a name for its metrics', () => {
    expect(own().map(([id]) => id)).toEqual([
      'UploadSigningSignUploadFunction', 'ProcessingProcessImageFunction', 'ProcessingRecordFailureFunction',
      'LabellingLabelImageFunction', 'RemovalRemoveImageFunction', 'ExpiryExpireUploadFunction',
      'ViewCountingCountViewsFunction',
    ])
    for (const [, lambda] of own()) {
      expect(lambda).toMatchObject({
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.anything() } },
        Environment: { Variables: { POWERTOOLS_METRICS_NAMESPACE: 'Darkroom', POWERTOOLS_LOG_LEVEL: 'INFO' } },
      })
    }
    for (const log of Object.values(all('AWS::Logs::LogGroup'))) expect(log).toMatchObject({ RetentionInDays: 30 })
  })

  it('is told where its things are', () => {
    const environments = Object.fromEntries(own().map(([id, lambda]) => {
      const { Variables } = lambda['Environment'] as { Variables: Record<string, unknown> }
      const things = Object.entries(Variables).filter(([name]) => /_BUCKET$|_URL$|^MALLOC/.test(name))
      return [id, Object.fromEntries(things.map(([name, value]) => [name, flatten(value)]))]
    }))
    expect(environments).toEqual({
      UploadSigningSignUploadFunction: {
        ORIGINALS_BUCKET: '<OriginalsBucket>', EXPIRY_QUEUE_URL: '<ExpiryQueueChecks>',
      },
      ProcessingProcessImageFunction: {
        ORIGINALS_BUCKET: '<OriginalsBucket>',
        MEDIA_BUCKET: '<DeliveryBucket>',
        GRAPHQL_URL: '<ApiGraphqlApi.GraphQLUrl>',
        LABELS_QUEUE_URL: '<LabelQueueLabels>',
        REMOVALS_QUEUE_URL: '<RemovalQueueRemovals>',
        MALLOC_ARENA_MAX: '2',
      },
      ProcessingRecordFailureFunction: {
        MEDIA_BUCKET: '<DeliveryBucket>',
        GRAPHQL_URL: '<ApiGraphqlApi.GraphQLUrl>',
        FAILED_QUEUE_URL: '<ProcessingFailed>',
      },
      RemovalRemoveImageFunction: {
        ORIGINALS_BUCKET: '<OriginalsBucket>',
        MEDIA_BUCKET: '<DeliveryBucket>',
        GRAPHQL_URL: '<ApiGraphqlApi.GraphQLUrl>',
      },
      LabellingLabelImageFunction: {
        MEDIA_BUCKET: '<DeliveryBucket>', GRAPHQL_URL: '<ApiGraphqlApi.GraphQLUrl>',
      },
      ExpiryExpireUploadFunction: {
        ORIGINALS_BUCKET: '<OriginalsBucket>', GRAPHQL_URL: '<ApiGraphqlApi.GraphQLUrl>',
      },
      ViewCountingCountViewsFunction: { GRAPHQL_URL: '<ApiGraphqlApi.GraphQLUrl>' },
    })
  })
})

describe('the distribution', () => {
  it('serves GET and HEAD over HTTPS, from the bucket that only it can read', () => {
    const { DistributionConfig } = only('AWS::CloudFront::Distribution')
    expect(DistributionConfig).toMatchObject({
      HttpVersion: 'http2and3',
      DefaultCacheBehavior: { AllowedMethods: ['GET', 'HEAD'], ViewerProtocolPolicy: 'redirect-to-https' },
      Origins: [{ OriginAccessControlId: expect.anything(), S3OriginConfig: { OriginAccessIdentity: '' } }],
    })
    expect(only('AWS::CloudFront::OriginAccessControl')).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    })
  })

  it('may read processed/* and nothing else', () => {
    const { PolicyDocument } = all('AWS::S3::BucketPolicy')['DeliveryBucketPolicy'] ?? {}
    const { Statement } = PolicyDocument as { Statement: Record<string, unknown>[] }
    const allowed = Statement.filter((statement) => statement['Effect'] === 'Allow')
    expect(allowed).toEqual([expect.objectContaining({
      Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject',
    })])
    expect(asList(allowed[0]?.['Resource']).map(flatten)).toEqual(['<DeliveryBucket.Arn>/processed/*'])
    const condition = allowed[0]?.['Condition'] as { StringEquals: Record<string, unknown> }
    expect(flatten(condition.StringEquals['AWS:SourceArn']))
      .toBe('arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<DeliveryDistribution>')
  })

  it('lets every page read the variants, and puts no cache header on errors', () => {
    const { ResponseHeadersPolicyConfig } = only('AWS::CloudFront::ResponseHeadersPolicy')
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      CorsConfig: { AccessControlAllowOrigins: { Items: ['*'] }, AccessControlAllowCredentials: false },
      SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
    })
    expect(ResponseHeadersPolicyConfig).not.toHaveProperty('CustomHeadersConfig')
  })
})

describe('the API', () => {
  it('knows users of the pool by default, guests by API key, the back end by IAM, and its limits', () => {
    const api = only('AWS::AppSync::GraphQLApi')
    expect(api).toMatchObject({
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }, { AuthenticationType: 'AWS_IAM' }],
      LogConfig: { ExcludeVerboseContent: true, FieldLogLevel: 'ERROR' },
      XrayEnabled: true,
      IntrospectionConfig: 'ENABLED',
      QueryDepthLimit: 20,
      ResolverCountLimit: 50,
    })
    const { MEDIA_BASE_URL } = api['EnvironmentVariables'] as { MEDIA_BASE_URL: unknown }
    expect(flatten(MEDIA_BASE_URL)).toBe('https://<DeliveryDistribution.DomainName>')
  })

  it('has one key for guests, good for the longest that AppSync allows', () => {
    const { Expires } = only('AWS::AppSync::ApiKey') as { Expires: number }
    const daysLeft = Expires / SECONDS_PER_DAY - Date.now() / MS_PER_DAY
    expect(daysLeft).toBeLessThanOrEqual(365)
    expect(daysLeft).toBeGreaterThan(363)
  })

  it('synthesizes the same key all day long', () => {
    const at = (time: string) => apiKeyExpiration(Date.parse(time)).date.toISOString()
    expect(at('2026-03-01T00:00:00Z')).toBe('2027-03-01T00:00:00.000Z')
    expect(at('2026-03-01T23:59:59Z')).toBe('2027-03-01T00:00:00.000Z')
    expect(at('2026-03-02T00:00:00Z')).toBe('2027-03-02T00:00:00.000Z')
  })

  it('runs the bundles as they were checked, in APPSYNC_JS', async () => {
    const bundles = await bundleResolvers(ROOT, filesOf(await findResolvers(ROOT)))
    const deployed = ['AWS::AppSync::Resolver', 'AWS::AppSync::FunctionConfiguration']
      .flatMap((type) => Object.values(all(type)))
    expect(deployed.map(({ Code }) => Code).sort()).toEqual(bundles.map(({ code }) => code).sort())
    for (const { Runtime } of deployed) expect(Runtime).toEqual({ Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' })
  })
})

describe('the user pool', () => {
  it('takes long passwords, hides who exists, and keeps its users', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      DeletionProtection: 'ACTIVE',
      UsernameAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
    })
    expect(only('AWS::Cognito::UserPoolClient')).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    })
  })
})

describe('the stack', () => {
  it('keeps photographs, records and users when it is deleted', () => {
    expect(retainedResources(given.template).map(({ type }) => type).sort()).toEqual([
      'AWS::Cognito::UserPool', 'AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::S3::Bucket', 'AWS::S3::Bucket',
    ])
  })

  it('can be created in some order: no resource waits for itself', () => {
    const { Resources } = given.template
    const needs = new Map(Object.entries(Resources).map(([id, resource]) => {
      const text = JSON.stringify(resource)
      return [id, Object.keys(Resources).filter((other) => other !== id && text.includes(`"${other}"`))]
    }))
    const created = new Set<string>()
    for (let before = -1; created.size !== before;) {
      before = created.size
      for (const [id, others] of needs) if (others.every((other) => created.has(other))) created.add(id)
    }
    expect([...needs.keys()].filter((id) => !created.has(id))).toEqual([])
  })

  it('names no account and no region', () => {
    expect(JSON.stringify(given.template)).not.toMatch(/\b\d{12}\b|"(us|eu|ap)-[a-z]+-\d"/)
  })

  it('tells clients and operators where everything is', () => {
    const { Outputs } = given.template as unknown as { Outputs: Record<string, unknown> }
    expect(Object.keys(Outputs).sort()).toEqual([
      'ArrivalsQueueUrl', 'DeadLetterQueueUrl', 'ExpiryDeadLetterQueueUrl', 'ExpiryQueueUrl', 'FailedQueueUrl',
      'GraphqlApiId', 'GraphqlUrl', 'GuestApiKey', 'LabelsDeadLetterQueueUrl', 'LabelsQueueUrl', 'MediaBaseUrl',
      'MediaBucketName', 'OriginalsBucketName', 'RealtimeUrl', 'Region', 'RemovalsDeadLetterQueueUrl',
      'RemovalsQueueUrl', 'TableName', 'UserPoolClientId', 'UserPoolId',
    ])
  })

  it('rings for images that wait or fail, for functions and for the API', () => {
    expect(Object.keys(all('AWS::CloudWatch::Alarm')).map((id) => id.replace('Observability', '')).sort()).toEqual([
      'ApiServerErrors', 'ChecksFail', 'CountViewsErrors', 'CountViewsThrottles', 'DeadLabelsStay', 'DeadLettersStay',
      'ExpireUploadErrors', 'ExpireUploadThrottles',
      'ImagesFail', 'ImagesWait', 'LabelImageErrors', 'LabelImageThrottles', 'LabelsFail', 'LabelsWait',
      'ProcessImageErrors', 'ProcessImageThrottles',
      'RecordFailureErrors', 'RecordFailureThrottles', 'RemovalsFail', 'RemoveImageErrors', 'RemoveImageThrottles',
      'SignUploadErrors', 'SignUploadThrottles', 'ViewsFail',
    ])
  })
})
