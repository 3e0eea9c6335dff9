import { Aws, Duration, Expiration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import {
  AppsyncFunction, AuthorizationType, Code, Definition, FunctionRuntime, GraphqlApi, IntrospectionConfig, Resolver,
  UserPoolDefaultAction, type BaseDataSource, type CfnGraphQLApi,
} from 'aws-cdk-lib/aws-appsync'
import type { UserPool } from 'aws-cdk-lib/aws-cognito'
import { PolicyStatement, Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { createDataSources, type DataSourceName } from './api-data-sources.ts'
import type { ArrivalQueue } from './arrival-queue.ts'
import type { ResolverBundle } from './bundle/resolvers.ts'
import type { FieldResolver, ResolverFile } from './bundle/resolver-files.ts'
import type { Originals } from './originals.ts'
import type { RemovalQueue } from './removal-queue.ts'
import type { Store } from './store.ts'

/** Which data source each unit resolver and each step of a pipeline works on, by the name of its file. */
export const RESOLVER_DATA_SOURCES: Readonly<Record<string, DataSourceName>> = {
  'Mutation.deleteImage/1.getImages': 'imagesReader',
  'Mutation.deleteImage/2.queueRemoval': 'messages',
  'Mutation.deleteImage/3.hideImages': 'imagesWriter',
  'Mutation.deleteImage/4.publishDeletions': 'self',
  'Mutation.deleteImages/1.getImages': 'imagesReader',
  'Mutation.deleteImages/2.queueRemoval': 'messages',
  'Mutation.deleteImages/3.hideImages': 'imagesWriter',
  'Mutation.deleteImages/4.publishDeletions': 'self',
  'Mutation.publishImageChange': 'imagesReader',
  'Mutation.recordImageLabels/1.getImage': 'imagesReader',
  'Mutation.recordImageLabels/2.writeImage': 'imagesWriter',
  'Mutation.recordImageProcessed/1.getImage': 'imagesReader',
  'Mutation.recordImageProcessed/2.writeImage': 'imagesWriter',
  'Mutation.recordImageRemoved/1.getImage': 'imagesReader',
  'Mutation.recordImageRemoved/2.writeImage': 'imagesWriter',
  'Mutation.recordImageViews/1.getMediaItem': 'imagesReader',
  'Mutation.recordImageViews/2.getImage': 'imagesReader',
  'Mutation.recordImageViews/3.countViews': 'imagesWriter',
  'Mutation.reprocessImage/1.getImage': 'imagesReader',
  'Mutation.reprocessImage/2.queueOriginal': 'messages',
  'Mutation.requestUpload/1.findFiles': 'imagesReader',
  'Mutation.requestUpload/2.getDuplicates': 'imagesReader',
  'Mutation.requestUpload/3.countPending': 'imagesReader',
  'Mutation.requestUpload/4.signUploads': 'signUpload',
  'Mutation.requestUpload/5.putImages': 'imagesWriter',
  'Mutation.requestUploads/1.findFiles': 'imagesReader',
  'Mutation.requestUploads/2.getDuplicates': 'imagesReader',
  'Mutation.requestUploads/3.countPending': 'imagesReader',
  'Mutation.requestUploads/4.signUploads': 'signUpload',
  'Mutation.requestUploads/5.putImages': 'imagesWriter',
  'Mutation.updateImage/1.getImage': 'imagesReader',
  'Mutation.updateImage/2.writeImage': 'imagesWriter',
  'Mutation.updateImage/3.publishChange': 'self',
  'Query.heldImages/1.queryHeld': 'imagesReader',
  'Query.heldImages/2.getImages': 'imagesReader',
  'Query.image': 'imagesReader',
  'Query.imageChanges': 'imagesReader',
  'Query.images/1.queryFacet': 'imagesReader',
  'Query.images/2.getImages': 'imagesReader',
  'Query.labels': 'imagesReader',
  'Query.publicImages/1.queryShard0': 'imagesReader',
  'Query.publicImages/2.queryShard1': 'imagesReader',
  'Query.publicImages/3.queryShard2': 'imagesReader',
  'Query.publicImages/4.queryShard3': 'imagesReader',
  'Query.publicImages/5.queryShard4': 'imagesReader',
  'Query.publicImages/6.queryShard5': 'imagesReader',
  'Query.publicImages/7.queryShard6': 'imagesReader',
  'Query.publicImages/8.queryShard7': 'imagesReader',
  'Query.similarImages/1.getImage': 'imagesReader',
  'Query.similarImages/2.queryBand0': 'imagesReader',
  'Query.similarImages/3.queryBand1': 'imagesReader',
  'Query.similarImages/4.queryBand2': 'imagesReader',
  'Query.similarImages/5.queryBand3': 'imagesReader',
  'Query.similarImages/6.getImages': 'imagesReader',
  'Subscription.onImageChanged': 'none',
  'Subscription.onImageProcessed': 'none',
}

/**
 * Deepest selection that is answered, in levels. `images { items { labels { instances { boundingBox { left` is 6;
 * the introspection query that explorers send is 15.
 */
const QUERY_DEPTH_LIMIT = 20

/** Most resolvers that one request may run: a screenful of `image(id:)` under aliases. */
const RESOLVER_COUNT_LIMIT = 50

/** Longest that AppSync lets an API key be good for. Source: AppSync API reference, CreateApiKey. */
const API_KEY_DAYS = 365

const MS_PER_DAY = Duration.days(1).toMilliseconds()

export interface ApiProps {
  /** Path of the schema's file. */
  schemaPath: string
  resolvers: FieldResolver[]
  bundles: ResolverBundle[]
  store: Store
  signUpload: Function
  /** Where originals are queued that are to be developed once more. */
  arrivals: ArrivalQueue
  removals: RemovalQueue
  originals: Originals
  userPool: UserPool
  /** `https://<domain>` of the variants; resolvers read it as `ctx.env.MEDIA_BASE_URL`. */
  mediaBaseUrl: string
}

/** The GraphQL API: users of the pool by default, guests by API key, the back end by IAM where the schema says so. */
export class Api extends Construct {
  readonly graphqlApi: GraphqlApi
  /** `wss://`: where subscriptions connect. */
  readonly realtimeUrl: string
  /** What guests show: no secret, it stands in every client. */
  readonly guestApiKey: string

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id)
    this.graphqlApi = new GraphqlApi(this, 'GraphqlApi', {
      name: Aws.STACK_NAME,
      definition: Definition.fromFile(props.schemaPath),
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: AuthorizationType.USER_POOL,
          userPoolConfig: { userPool: props.userPool, defaultAction: UserPoolDefaultAction.ALLOW },
        },
        additionalAuthorizationModes: [
          {
            authorizationType: AuthorizationType.API_KEY,
            apiKeyConfig: {
              name: 'Guest',
              description: 'Guests: PUBLIC images',
              expires: apiKeyExpiration(Date.now()),
            },
          },
          { authorizationType: AuthorizationType.IAM },
        ],
      },
      environmentVariables: {
        MEDIA_BASE_URL: props.mediaBaseUrl,
        TABLE_NAME: props.store.table.tableName,
        ORIGINALS_BUCKET: props.originals.bucket.bucketName,
        ARRIVALS_QUEUE_URL: props.arrivals.queue.queueUrl,
        REMOVALS_QUEUE_URL: props.removals.queue.queueUrl,
      },
      introspectionConfig: IntrospectionConfig.ENABLED,
      queryDepthLimit: QUERY_DEPTH_LIMIT,
      resolverCountLimit: RESOLVER_COUNT_LIMIT,
      xrayEnabled: true,
    })
    const cfnApi = this.graphqlApi.node.defaultChild as CfnGraphQLApi
    this.realtimeUrl = cfnApi.attrRealtimeUrl
    if (!this.graphqlApi.apiKey) throw new Error('expected an API key for guests, got none.')
    this.guestApiKey = this.graphqlApi.apiKey
    this.logTo(cfnApi)
    this.addResolvers(props, createDataSources(this, this.graphqlApi, props))
  }

  /** ARN of one field, for grants, e.g. `fieldArn('Mutation', 'recordImageProcessed')`. */
  fieldArn(typeName: string, fieldName: string): string {
    return `${this.graphqlApi.arn}/types/${typeName}/fields/${fieldName}`
  }

  /**
   * Errors of fields are logged, without headers and contents. Set here and not by GraphqlApi's `logConfig`, which
   * brings a managed policy on every log group of the account and a Lambda function to set the retention.
   */
  private logTo(cfnApi: CfnGraphQLApi): void {
    const role = new Role(this, 'LogRole', {
      assumedBy: new ServicePrincipal('appsync.amazonaws.com'),
      description: 'Lets the API write its own log',
    })
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/appsync/apis/${this.graphqlApi.apiId}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // A policy of its own: the API needs the role, and the log's name needs the API.
    new Policy(this, 'WriteLog', {
      roles: [role],
      statements: [new PolicyStatement({
        sid: 'WriteOwnLog',
        actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      })],
    })
    Validations.of(this.graphqlApi).acknowledge({
      id: 'AwsSolutions-ASC3',
      reason: 'Requests and errors are logged; headers and contents are left out: they hold tokens and titles.',
    })
    cfnApi.logConfig = { cloudWatchLogsRoleArn: role.roleArn, excludeVerboseContent: true, fieldLogLevel: 'ERROR' }
  }

  private addResolvers(props: ApiProps, dataSources: Record<DataSourceName, BaseDataSource>): void {
    const code = new Map(props.bundles.map((bundle) => [bundle.file.name, Code.fromInline(bundle.code)]))
    const codeOf = ({ name }: ResolverFile) => {
      const found = code.get(name)
      if (!found) throw new Error(`expected a bundle of resolvers/${name}.ts, got none.`)
      return found
    }
    const dataSourceOf = ({ name }: ResolverFile) => {
      const row = RESOLVER_DATA_SOURCES[name]
      if (!row) throw new Error(`resolvers/${name}.ts has no row in RESOLVER_DATA_SOURCES.`)
      return dataSources[row]
    }
    const api = this.graphqlApi
    for (const resolver of props.resolvers) {
      const { typeName, fieldName, file } = resolver
      const id = `${typeName}.${fieldName}`
      const common = { api, typeName, fieldName, code: codeOf(file), runtime: FunctionRuntime.JS_1_0_0 }
      if (resolver.kind === 'unit') {
        new Resolver(this, id, { ...common, dataSource: dataSourceOf(file) })
        continue
      }
      const steps = resolver.steps.map((step) => new AppsyncFunction(this, `${id}.${step.name}`, {
        api,
        name: `${typeName}_${fieldName}_${step.name}`,
        dataSource: dataSourceOf(step.file),
        code: codeOf(step.file),
        runtime: FunctionRuntime.JS_1_0_0,
      }))
      new Resolver(this, id, { ...common, pipelineConfig: steps })
    }
  }
}

/**
 * When the API key of guests ends. CloudFormation wants a moment and no duration, and the CDK works it out from the
 * time of the synthesis: so every deploy gives the same key another year, and who does not deploy for a year has to
 * before it ends. Counted from the start of the day (UTC), so that all syntheses of one day are the same.
 */
export function apiKeyExpiration(nowMs: number): Expiration {
  return Expiration.atTimestamp(Math.floor(nowMs / MS_PER_DAY) * MS_PER_DAY + API_KEY_DAYS * MS_PER_DAY)
}
