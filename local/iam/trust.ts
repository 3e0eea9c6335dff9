import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import type { Roles } from './roles.ts'

/** Where a resource names the role that a service takes on for it. */
const ROLE_USERS: Record<string, { service: string; roleArns(properties: Record<string, unknown>): unknown[] }> = {
  'AWS::Lambda::Function': { service: 'lambda.amazonaws.com', roleArns: ({ Role }) => [Role] },
  'AWS::AppSync::DataSource': { service: 'appsync.amazonaws.com', roleArns: ({ ServiceRoleArn }) => [ServiceRoleArn] },
  'AWS::AppSync::GraphQLApi': {
    service: 'appsync.amazonaws.com',
    roleArns: ({ LogConfig }) => (isRecord(LogConfig) ? [LogConfig.CloudWatchLogsRoleArn] : []),
  },
}

/** Checks that every role lets the service assume it that has to. @throws Error naming role and service */
export function assertTrust(resources: Resource[], roles: Roles): void {
  for (const { type, properties } of resources) {
    const user = ROLE_USERS[type]
    for (const arn of user?.roleArns(properties) ?? []) {
      if (user && typeof arn === 'string') roles.assertTrusts(arn, user.service)
    }
  }
}
