import type { PolicyDocument } from '../aws/caller.ts'
import { NotImplemented } from '../aws/errors.ts'

const allow = (Action: string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
})

/**
 * AWS's own policies that the stack's roles may hold, by their path and name.
 * Source: the AWS Managed Policy Reference Guide.
 */
const MANAGED_POLICIES: Record<string, PolicyDocument> = {
  'service-role/AWSLambdaBasicExecutionRole': allow([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow([
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  'service-role/AWSAppSyncPushToCloudWatchLogs': allow([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  AWSXRayDaemonWriteAccess: allow([
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ]),
}

const MANAGED_POLICY_ARN = /^arn:[^:]+:iam::aws:policy\/(.+)$/

/** @throws NotImplemented naming a policy that is not in the table */
export function managedPolicy(arn: string): PolicyDocument {
  const policy = MANAGED_POLICIES[MANAGED_POLICY_ARN.exec(arn)?.[1] ?? '']
  if (!policy) throw new NotImplemented(`The managed policy ${arn}`)
  return policy
}
