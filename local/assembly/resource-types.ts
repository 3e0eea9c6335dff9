import type { Endpoints } from '../ports.ts'
import { generatedName, LOWER_ALPHANUMERIC, stableCharacters, stableUuid, UPPER_ALPHANUMERIC } from './physical-ids.ts'

/** What the rows of the table are told about the resource that they name. */
export interface Naming {
  logicalId: string
  stackName: string
  region: string
  accountId: string
  partition: string
  endpoints: Endpoints
  /** Differs between stacks, accounts, regions and logical ids, and between nothing else. */
  seed: string
  /** A property of the resource, resolved; undefined when the template leaves it out. */
  property(name: string): string | undefined
  /** What `Ref` gives for this resource. */
  ref(): string
}

type Attribute = (naming: Naming) => string

export interface ResourceType {
  /** Set when the local run has nothing to do for such a resource: why it can do without. */
  noEffect?: string
  ref: Attribute
  attributes: Record<string, Attribute>
}

/** Limits of the services on names, in characters. Source: each resource's page in the CloudFormation reference. */
const MAX_LENGTH = { bucket: 63, queue: 80, table: 255, role: 64, function: 64, layer: 140, logGroup: 512, alarm: 255 }

/** A user pool id is `<region>_` and as many letters and digits. */
const USER_POOL_SUFFIX_LENGTH = 9
/** Length of the ids that Cognito's clients and AppSync's APIs, API keys and functions go by. */
const LONG_ID_LENGTH = 26
/** Length of a distribution's id after its `E`, and of its domain after its `d`. */
const DISTRIBUTION_ID_LENGTH = 13
/** Length of an IAM unique id after its four letters. */
const IAM_ID_LENGTH = 17

const arn = (n: Naming, service: string, resource: string) =>
  `arn:${n.partition}:${service}:${n.region}:${n.accountId}:${resource}`
const globalArn = (n: Naming, service: string, resource: string) =>
  `arn:${n.partition}:${service}::${n.accountId}:${resource}`
const named =
  (property: string, maxLength: number, alphabet?: string): Attribute =>
  (n) =>
    n.property(property) ?? generatedName(n.stackName, n.logicalId, n.seed, maxLength, alphabet)
const logicalId: Attribute = (n) => n.logicalId
const uuid: Attribute = (n) => stableUuid(n.seed)
const longId: Attribute = (n) => stableCharacters(`${n.seed}/id`, LONG_ID_LENGTH, LOWER_ALPHANUMERIC)
/** `/` unless the resource has a path of its own, which begins and ends with a slash. */
const iamPath = (n: Naming) => n.property('Path') ?? '/'
const appsyncChild =
  (path: (n: Naming) => string): Attribute =>
  (n) =>
    arn(n, 'appsync', `apis/${n.property('ApiId')}/${path(n)}`)
const host = (url: string) => new URL(url).host
const realtimeUrl = (n: Naming) => `ws://${host(n.endpoints.appsync)}/graphql/realtime`

const table: ResourceType = {
  ref: named('TableName', MAX_LENGTH.table),
  attributes: {
    Arn: (n) => arn(n, 'dynamodb', `table/${n.ref()}`),
    TableId: uuid,
  },
}

/** Everything that observes and nothing else: the local run writes its own log. */
const OBSERVES_ONLY =
  'Observation happens in CloudWatch; the local run prints its log and keeps function logs as files.'

/**
 * Every resource type that a synthesized stack may hold: what `Ref` and `Fn::GetAtt` give.
 * Source of names: "Return values" of each type in the CloudFormation template reference.
 */
export const RESOURCE_TYPES: Record<string, ResourceType> = {
  'AWS::S3::Bucket': {
    ref: (n) => named('BucketName', MAX_LENGTH.bucket, LOWER_ALPHANUMERIC)(n).toLowerCase(),
    attributes: {
      Arn: (n) => `arn:${n.partition}:s3:::${n.ref()}`,
      DomainName: (n) => `${n.ref()}.s3.amazonaws.com`,
      RegionalDomainName: (n) => `${n.ref()}.s3.${n.region}.amazonaws.com`,
      DualStackDomainName: (n) => `${n.ref()}.s3.dualstack.${n.region}.amazonaws.com`,
    },
  },
  'AWS::S3::BucketPolicy': { ref: (n) => n.property('Bucket') ?? n.logicalId, attributes: {} },
  'Custom::S3BucketNotifications': { ref: logicalId, attributes: {} },

  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,

  'AWS::SQS::Queue': {
    ref: (n) => `${n.endpoints.aws}/${n.accountId}/${named('QueueName', MAX_LENGTH.queue)(n)}`,
    attributes: {
      Arn: (n) => arn(n, 'sqs', named('QueueName', MAX_LENGTH.queue)(n)),
      QueueName: named('QueueName', MAX_LENGTH.queue),
      QueueUrl: (n) => n.ref(),
    },
  },
  'AWS::SQS::QueuePolicy': { ref: logicalId, attributes: { Id: logicalId } },

  'AWS::Lambda::Function': {
    ref: named('FunctionName', MAX_LENGTH.function),
    attributes: { Arn: (n) => arn(n, 'lambda', `function:${n.ref()}`) },
  },
  'AWS::Lambda::LayerVersion': {
    ref: (n) => arn(n, 'lambda', `layer:${named('LayerName', MAX_LENGTH.layer)(n)}:1`),
    attributes: { LayerVersionArn: (n) => n.ref() },
  },
  'AWS::Lambda::EventSourceMapping': {
    ref: uuid,
    attributes: { Id: uuid, EventSourceMappingArn: (n) => arn(n, 'lambda', `event-source-mapping:${n.ref()}`) },
  },
  'AWS::Lambda::Permission': { ref: logicalId, attributes: { Id: logicalId } },

  'AWS::IAM::Role': {
    ref: named('RoleName', MAX_LENGTH.role),
    attributes: {
      Arn: (n) => globalArn(n, 'iam', `role${iamPath(n)}${n.ref()}`),
      RoleId: (n) => `AROA${stableCharacters(`${n.seed}/id`, IAM_ID_LENGTH, UPPER_ALPHANUMERIC)}`,
    },
  },
  'AWS::IAM::Policy': { ref: (n) => n.property('PolicyName') ?? n.logicalId, attributes: { Id: logicalId } },
  'AWS::IAM::ManagedPolicy': {
    ref: (n) => globalArn(n, 'iam', `policy${iamPath(n)}${named('ManagedPolicyName', MAX_LENGTH.role)(n)}`),
    attributes: { PolicyArn: (n) => n.ref() },
  },

  'AWS::Cognito::UserPool': {
    ref: (n) => `${n.region}_${stableCharacters(`${n.seed}/id`, USER_POOL_SUFFIX_LENGTH, UPPER_ALPHANUMERIC)}`,
    attributes: {
      Arn: (n) => arn(n, 'cognito-idp', `userpool/${n.ref()}`),
      UserPoolId: (n) => n.ref(),
      ProviderName: (n) => `cognito-idp.${n.region}.amazonaws.com/${n.ref()}`,
      ProviderURL: (n) => `https://cognito-idp.${n.region}.amazonaws.com/${n.ref()}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: longId,
    attributes: { ClientId: longId, Name: (n) => n.property('ClientName') ?? n.logicalId },
  },
  'AWS::Cognito::UserPoolGroup': { ref: (n) => n.property('GroupName') ?? n.logicalId, attributes: {} },

  'AWS::AppSync::GraphQLApi': {
    ref: (n) => arn(n, 'appsync', `apis/${longId(n)}`),
    attributes: {
      ApiId: longId,
      Arn: (n) => n.ref(),
      GraphQLUrl: (n) => `${n.endpoints.appsync}/graphql`,
      GraphQLDns: (n) => host(n.endpoints.appsync),
      RealtimeUrl: realtimeUrl,
      RealtimeDns: (n) => host(n.endpoints.appsync),
    },
  },
  'AWS::AppSync::GraphQLSchema': {
    ref: (n) => `${n.property('ApiId')}GraphQLSchema`,
    attributes: { Id: (n) => n.ref() },
  },
  'AWS::AppSync::ApiKey': {
    ref: appsyncChild((n) => `apikeys/da2-${longId(n)}`),
    attributes: {
      Arn: (n) => n.ref(),
      ApiKey: (n) => `da2-${longId(n)}`,
      ApiKeyId: (n) => `da2-${longId(n)}`,
    },
  },
  'AWS::AppSync::DataSource': {
    ref: appsyncChild((n) => `datasources/${n.property('Name')}`),
    attributes: { DataSourceArn: (n) => n.ref(), Name: (n) => n.property('Name') ?? n.logicalId },
  },
  'AWS::AppSync::FunctionConfiguration': {
    ref: appsyncChild((n) => `functions/${longId(n)}`),
    attributes: {
      FunctionArn: (n) => n.ref(),
      FunctionId: longId,
      Name: (n) => n.property('Name') ?? n.logicalId,
      DataSourceName: (n) => n.property('DataSourceName') ?? '',
    },
  },
  'AWS::AppSync::Resolver': {
    ref: appsyncChild((n) => `types/${n.property('TypeName')}/resolvers/${n.property('FieldName')}`),
    attributes: {
      ResolverArn: (n) => n.ref(),
      TypeName: (n) => n.property('TypeName') ?? '',
      FieldName: (n) => n.property('FieldName') ?? '',
    },
  },

  'AWS::CloudFront::Distribution': {
    ref: (n) => `E${stableCharacters(`${n.seed}/id`, DISTRIBUTION_ID_LENGTH, UPPER_ALPHANUMERIC)}`,
    attributes: {
      Id: (n) => n.ref(),
      DomainName: (n) =>
        `d${stableCharacters(`${n.seed}/domain`, DISTRIBUTION_ID_LENGTH, LOWER_ALPHANUMERIC)}.cloudfront.net`,
    },
  },
  'AWS::CloudFront::OriginAccessControl': {
    ref: (n) => `E${stableCharacters(`${n.seed}/id`, DISTRIBUTION_ID_LENGTH, UPPER_ALPHANUMERIC)}`,
    attributes: { Id: (n) => n.ref() },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { ref: uuid, attributes: { Id: uuid } },
  'AWS::CloudFront::CachePolicy': { ref: uuid, attributes: { Id: uuid } },

  'AWS::Logs::LogGroup': {
    noEffect: OBSERVES_ONLY,
    ref: named('LogGroupName', MAX_LENGTH.logGroup),
    attributes: { Arn: (n) => arn(n, 'logs', `log-group:${n.ref()}:*`) },
  },
  'AWS::Logs::MetricFilter': { noEffect: OBSERVES_ONLY, ref: logicalId, attributes: {} },
  'AWS::CloudWatch::Alarm': {
    noEffect: OBSERVES_ONLY,
    ref: named('AlarmName', MAX_LENGTH.alarm),
    attributes: { Arn: (n) => arn(n, 'cloudwatch', `alarm:${n.ref()}`) },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    noEffect: OBSERVES_ONLY,
    ref: named('AlarmName', MAX_LENGTH.alarm),
    attributes: { Arn: (n) => arn(n, 'cloudwatch', `alarm:${n.ref()}`) },
  },
  'AWS::CloudWatch::Dashboard': {
    noEffect: OBSERVES_ONLY,
    ref: named('DashboardName', MAX_LENGTH.alarm),
    attributes: {},
  },
  'AWS::CDK::Metadata': { noEffect: 'Counts CDK constructs for AWS.', ref: logicalId, attributes: {} },
  'Custom::S3AutoDeleteObjects': {
    noEffect: 'Empties the bucket when the stack is destroyed; locally `--fresh` does.',
    ref: logicalId,
    attributes: {},
  },
}
