import { expect, it } from 'vitest'
import type { Resource } from '../../../local/aws/resource.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'
import { collectRoles } from '../../../local/iam/roles.ts'

const ACCOUNT = '123456789012'
const ARN = `arn:aws:iam::${ACCOUNT}:role/worker`
const allow = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

function role(properties: Record<string, unknown> = {}): Resource {
  return {
    logicalId: 'Worker',
    type: 'AWS::IAM::Role',
    physicalId: 'worker',
    attributes: { Arn: ARN },
    properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      ...properties,
    },
  }
}

it('gathers inline, attached and managed policies of a role', () => {
  const attached: Resource = {
    logicalId: 'Grants',
    type: 'AWS::IAM::Policy',
    physicalId: 'Grants',
    attributes: {},
    properties: { Roles: ['worker'], PolicyDocument: allow('sqs:SendMessage') },
  }
  const managed = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
  const resources = [
    attached,
    role({ Policies: [{ PolicyDocument: allow('s3:GetObject') }], ManagedPolicyArns: [managed] }),
  ]
  const caller = collectRoles(resources, ACCOUNT).caller(ARN)
  const { authorize } = createAuthorizer()
  for (const action of ['s3:GetObject', 'sqs:SendMessage', 'logs:PutLogEvents']) {
    expect(() => authorize(caller, { action, resource: 'arn:aws:any:::thing' })).not.toThrow()
  }
  expect(() => authorize(caller, { action: 's3:PutObject', resource: 'arn:aws:any:::thing' })).toThrow()
})

it('lets only those services assume a role that its trust policy names', () => {
  const roles = collectRoles([role()], ACCOUNT)
  expect(() => roles.assertTrusts(ARN, 'lambda.amazonaws.com')).not.toThrow()
  expect(() => roles.assertTrusts(ARN, 'appsync.amazonaws.com')).toThrow(/appsync\.amazonaws\.com/)
})

it('refuses by name what it cannot evaluate', () => {
  const managed = 'arn:aws:iam::aws:policy/AdministratorAccess'
  expect(() => collectRoles([role({ ManagedPolicyArns: [managed] })], ACCOUNT)).toThrow(managed)
  expect(() => collectRoles([role({ PermissionsBoundary: managed })], ACCOUNT)).toThrow(/permissions boundary/)
  const odd = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { BinaryEquals: { k: 'v' } } }] }
  expect(() => collectRoles([role({ Policies: [{ PolicyDocument: odd }] })], ACCOUNT)).toThrow(/BinaryEquals/)
  expect(() => collectRoles([], ACCOUNT).caller(ARN)).toThrow(ARN)
})
