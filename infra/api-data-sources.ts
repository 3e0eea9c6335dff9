import {
  DynamoDbDataSource, LambdaDataSource, NoneDataSource, type BaseDataSource, type GraphqlApi,
} from 'aws-cdk-lib/aws-appsync'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { BY_FACET_INDEX, BY_PUBLIC_INDEX, type Store } from './store.ts'

/** What resolvers can work on. Reading and writing have a role each: a query can't write, whatever its code says. */
export type DataSourceName = 'imagesReader' | 'imagesWriter' | 'signUpload' | 'none'

export interface DataSourceProps {
  store: Store
  signUpload: Function
}

export function createDataSources(
  scope: Construct,
  api: GraphqlApi,
  { store, signUpload }: DataSourceProps,
): Record<DataSourceName, BaseDataSource> {
  const { table } = store
  return {
    imagesReader: new DynamoDbDataSource(scope, 'ImagesReader', {
      api,
      name: 'imagesReader',
      table,
      readOnlyAccess: true,
      serviceRole: serviceRole(scope, 'ImagesReaderRole', [
        new PolicyStatement({ sid: 'Get', actions: ['dynamodb:GetItem'], resources: [table.tableArn] }),
        new PolicyStatement({
          sid: 'List',
          actions: ['dynamodb:Query'],
          resources: [store.indexArn(BY_FACET_INDEX), store.indexArn(BY_PUBLIC_INDEX)],
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
          // GetItem: after a failed condition AppSync reads the item to tell what stands in the way.
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
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
