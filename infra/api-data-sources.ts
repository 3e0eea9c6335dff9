import { Aws, Fn } from 'aws-cdk-lib'
import {
  DynamoDbDataSource, HttpDataSource, LambdaDataSource, NoneDataSource, type BaseDataSource, type GraphqlApi,
} from 'aws-cdk-lib/aws-appsync'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { ArrivalQueue } from './arrival-queue.ts'
import type { RemovalQueue } from './removal-queue.ts'
import { BY_CHANGE_INDEX, BY_FACET_INDEX, BY_PUBLIC_INDEX, type Store } from './store.ts'

/**
 * What resolvers can work on. Reading and writing have a role each: a query can't write, whatever its code says.
 * `messages` is SQS, and `self` this API, for what pushes changes to subscribers.
 */
export type DataSourceName = 'imagesReader' | 'imagesWriter' | 'signUpload' | 'messages' | 'self' | 'none'

export interface DataSourceProps {
  store: Store
  signUpload: Function
  arrivals: ArrivalQueue
  removals: RemovalQueue
}

export function createDataSources(
  scope: Construct,
  api: GraphqlApi,
  { store, signUpload, arrivals, removals }: DataSourceProps,
): Record<DataSourceName, BaseDataSource> {
  const { table } = store
  return {
    imagesReader: new DynamoDbDataSource(scope, 'ImagesReader', {
      api,
      name: 'imagesReader',
      table,
      readOnlyAccess: true,
      serviceRole: serviceRole(scope, 'ImagesReaderRole', [
        new PolicyStatement({ sid: 'Get', actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], resources: [table.tableArn] }),
        new PolicyStatement({
          sid: 'List',
          actions: ['dynamodb:Query'],
          resources: [
            table.tableArn,
            store.indexArn(BY_FACET_INDEX), store.indexArn(BY_CHANGE_INDEX), store.indexArn(BY_PUBLIC_INDEX),
          ],
        }),
      ]),
    }),
    imagesWriter: new DynamoDbDataSource(scope, 'ImagesWriter', {
      api,
      name: 'imagesWriter',
      table,
      serviceRole: serviceRole(scope, 'ImagesWriterRole', [
        new PolicyStatement({
          sid: 'Write',
          // GetItem: after a failed condition AppSync reads the item to tell what stands in the way. The other four
          // are asked for by each write, also within a transaction.
          actions: [
            'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem',
            'dynamodb:BatchWriteItem',
          ],
          resources: [table.tableArn],
        }),
      ]),
    }),
    signUpload: new LambdaDataSource(scope, 'SignUploadSource', {
      api,
      name: 'signUpload',
      lambdaFunction: signUpload,
      serviceRole: serviceRole(scope, 'SignUploadSourceRole', [
        new PolicyStatement({ sid: 'Invoke', actions: ['lambda:InvokeFunction'], resources: [signUpload.functionArn] }),
      ]),
    }),
    messages: new HttpDataSource(scope, 'Messages', {
      api,
      name: 'messages',
      endpoint: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}`,
      authorizationConfig: { signingRegion: Aws.REGION, signingServiceName: 'sqs' },
      serviceRole: serviceRole(scope, 'MessagesRole', [
        new PolicyStatement({
          sid: 'Send',
          actions: ['sqs:SendMessage'],
          resources: [arrivals.queue.queueArn, removals.queue.queueArn],
        }),
      ]),
    }),
    self: new HttpDataSource(scope, 'Self', {
      api,
      name: 'self',
      // Scheme and host of https://<host>/graphql.
      endpoint: Fn.join('/', [0, 1, 2].map((part) => Fn.select(part, Fn.split('/', api.graphqlUrl)))),
      authorizationConfig: { signingRegion: Aws.REGION, signingServiceName: 'appsync' },
      serviceRole: serviceRole(scope, 'SelfRole', [
        new PolicyStatement({
          sid: 'Publish',
          actions: ['appsync:GraphQL'],
          resources: [`${api.arn}/types/Mutation/fields/publishImageChange`],
        }),
      ]),
    }),
    none: new NoneDataSource(scope, 'None', { api, name: 'none' }),
  }
}

/** A role that is complete: the data source's own broad grants don't reach it. */
function serviceRole(scope: Construct, id: string, statements: PolicyStatement[]) {
  return new Role(scope, id, {
    assumedBy: new ServicePrincipal('appsync.amazonaws.com'),
    inlinePolicies: { Grants: new PolicyDocument({ statements }) },
  }).withoutPolicyUpdates()
}
