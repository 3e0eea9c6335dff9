import { describe, expect, it } from 'vitest'
import type { Caller, PolicyDocument } from '../../../local/aws/caller.ts'
import type { AccessRequest } from '../../../local/aws/iam.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'

const ROLE_ARN = 'arn:aws:iam::123456789012:role/reader'
const OBJECT = 'arn:aws:s3:::photos/originals/a.jpg'
const authorizer = createAuthorizer()

function role(...statements: Record<string, unknown>[]): Caller {
  const policies: PolicyDocument[] = statements.map((statement) => ({ Statement: [{ Effect: 'Allow', ...statement }] }))
  return { kind: 'role', arn: ROLE_ARN, roleName: 'reader', accountId: '123456789012', policies }
}
const anonymous: Caller = { kind: 'anonymous' }
const cloudFront: Caller = {
  kind: 'service',
  service: 'cloudfront.amazonaws.com',
  sourceArn: 'arn:aws:cloudfront::123456789012:distribution/E1',
  sourceAccount: '123456789012',
}
const operator: Caller = { kind: 'operator', arn: 'arn:aws:iam::123456789012:user/operator' }

function decision(caller: Caller, request: Partial<AccessRequest> = {}): string {
  try {
    authorizer.authorize(caller, { action: 's3:GetObject', resource: OBJECT, ...request })
    return 'allowed'
  } catch (error) {
    return (error as Error).name
  }
}
const bucketPolicy = (...statements: Record<string, unknown>[]): { resourcePolicy: PolicyDocument } => ({
  resourcePolicy: {
    Statement: statements.map((statement) => ({ Effect: 'Allow', Resource: '*', Action: 's3:*', ...statement })),
  },
})

describe('identity policies', () => {
  it.each([
    ['the exact action and resource', { Action: 's3:GetObject', Resource: OBJECT }, 'allowed'],
    ['an action in other letter case', { Action: 'S3:getobject', Resource: '*' }, 'allowed'],
    ['a wildcard action', { Action: ['s3:Get*'], Resource: '*' }, 'allowed'],
    ['a question mark', { Action: 's3:GetObjec?', Resource: '*' }, 'allowed'],
    ['a resource below a prefix', { Action: 's3:*', Resource: 'arn:aws:s3:::photos/originals/*' }, 'allowed'],
    ['another prefix', { Action: 's3:*', Resource: 'arn:aws:s3:::photos/processed/*' }, 'AccessDenied'],
    ['a resource in other letter case', { Action: 's3:*', Resource: 'arn:aws:s3:::PHOTOS/*' }, 'AccessDenied'],
    ['a dot that is no wildcard', { Action: 's3:*', Resource: 'arn:aws:s3:::photos/originals/a?j.g' }, 'AccessDenied'],
    ['another action', { Action: 's3:PutObject', Resource: '*' }, 'AccessDenied'],
    ['NotAction', { NotAction: 's3:Put*', Resource: '*' }, 'allowed'],
    ['NotResource', { Action: 's3:*', NotResource: 'arn:aws:s3:::photos/*' }, 'AccessDenied'],
  ])('with %s: the request is decided', (_, statement, expected) => {
    expect(decision(role(statement))).toBe(expected)
  })

  it('deny by default', () => {
    expect(decision(role())).toBe('AccessDenied')
  })

  it('deny explicitly whatever else allows', () => {
    const caller = role({ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' })
    expect(decision(caller, bucketPolicy({ Principal: '*' }))).toBe('AccessDenied')
  })

  it('are refused by name where they say what is not evaluated', () => {
    expect(() => decisionOrThrow({ Action: '*', Resource: 'arn:aws:s3:::${aws:username}/*' })).toThrow(/aws:username/)
    expect(() => decisionOrThrow({ Action: '*', Resource: '*', Condition: { BinaryEquals: { k: 'v' } } })).toThrow(
      /BinaryEquals/,
    )
    expect(() => decisionOrThrow({ Action: '*', Resource: '*', NotPrincipal: '*' })).toThrow(/NotPrincipal/)
    expect(() =>
      decisionOrThrow({ Action: '*', Resource: '*', Condition: { Bool: { 'aws:multifactorauthpresent': 'true' } } }),
    ).toThrow(/aws:multifactorauthpresent/)
  })
})

function decisionOrThrow(statement: Record<string, unknown>): void {
  authorizer.authorize(role(statement), { action: 's3:GetObject', resource: OBJECT })
}

describe('resource policies', () => {
  it('allow within the account without an identity policy', () => {
    expect(decision(role(), bucketPolicy({ Principal: { AWS: ROLE_ARN } }))).toBe('allowed')
  })

  it('leave the decision to identity policies when they name the account', () => {
    const policy = bucketPolicy({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } })
    expect(decision(role(), policy)).toBe('AccessDenied')
    expect(decision(role({ Action: 's3:*', Resource: '*' }), policy)).toBe('allowed')
  })

  it('are the only way in for services, and only under their conditions', () => {
    const statement = {
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::123456789012:distribution/E1' } },
    }
    expect(decision(cloudFront)).toBe('AccessDenied')
    expect(decision(cloudFront, bucketPolicy(statement))).toBe('allowed')
    expect(
      decision(
        { ...cloudFront, sourceArn: 'arn:aws:cloudfront::123456789012:distribution/E2' },
        bucketPolicy(statement),
      ),
    ).toBe('AccessDenied')
    expect(decision({ kind: 'service', service: 's3.amazonaws.com' }, bucketPolicy(statement))).toBe('AccessDenied')
  })

  it('let anonymous callers in only where the principal is everybody', () => {
    expect(decision(anonymous)).toBe('AccessDenied')
    expect(decision(anonymous, bucketPolicy({ Principal: { AWS: ROLE_ARN } }))).toBe('AccessDenied')
    expect(decision(anonymous, bucketPolicy({ Principal: '*' }))).toBe('allowed')
    expect(decision(anonymous, bucketPolicy({ Principal: { AWS: '*' } }))).toBe('allowed')
  })

  it('deny what does not come over TLS, and count the loopback as TLS', () => {
    const policy = bucketPolicy({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    })
    const caller = role({ Action: '*', Resource: '*' })
    expect(decision(caller, policy)).toBe('allowed')
    expect(decision(caller, { ...policy, context: { 'aws:securetransport': 'false' } })).toBe('AccessDenied')
  })
})

describe('the operator', () => {
  it('may do everything but what is denied explicitly', () => {
    expect(decision(operator)).toBe('allowed')
    expect(decision(operator, bucketPolicy({ Effect: 'Deny', Principal: '*' }))).toBe('AccessDenied')
  })
})

describe('conditions', () => {
  const when = (Condition: unknown, context: Record<string, string | string[]>) =>
    decision(role({ Action: '*', Resource: '*', Condition }), { context })

  it.each([
    ['StringEquals', { StringEquals: { 's3:prefix': ['a', 'b'] } }, { 's3:prefix': 'b' }, 'allowed'],
    ['StringEquals, absent key', { StringEquals: { 's3:prefix': 'a' } }, {}, 'AccessDenied'],
    ['StringNotEquals', { StringNotEquals: { 's3:prefix': ['a', 'b'] } }, { 's3:prefix': 'b' }, 'AccessDenied'],
    ['StringNotEquals, absent key', { StringNotEquals: { 's3:prefix': 'a' } }, {}, 'allowed'],
    ['StringEqualsIfExists, absent key', { StringEqualsIfExists: { 's3:prefix': 'a' } }, {}, 'allowed'],
    ['StringLike', { StringLike: { 's3:prefix': 'home/*' } }, { 's3:prefix': 'home/me' }, 'allowed'],
    ['StringNotLike', { StringNotLike: { 's3:prefix': 'home/*' } }, { 's3:prefix': 'home/me' }, 'AccessDenied'],
    [
      'ArnLike',
      { ArnLike: { 'aws:sourcearn': 'arn:aws:s3:*:*:photos' } },
      { 'aws:sourcearn': 'arn:aws:s3:::photos' },
      'allowed',
    ],
    [
      'ArnLike across a colon',
      { ArnLike: { 'aws:sourcearn': 'arn:aws:*:photos' } },
      { 'aws:sourcearn': 'arn:aws:s3:::photos' },
      'AccessDenied',
    ],
    ['NumericLessThan', { NumericLessThan: { 's3:max-keys': '10' } }, { 's3:max-keys': '9' }, 'allowed'],
    [
      'NumericLessThanEquals',
      { NumericLessThanEquals: { 's3:max-keys': '8' } },
      { 's3:max-keys': '9' },
      'AccessDenied',
    ],
    [
      'DateLessThan',
      { DateLessThan: { 'aws:now': '2026-01-01T00:00:00Z' } },
      { 'aws:now': '2025-06-01T00:00:00Z' },
      'allowed',
    ],
    ['IpAddress', { IpAddress: { 'aws:sourceip': '127.0.0.0/8' } }, { 'aws:sourceip': '127.0.0.1' }, 'allowed'],
    [
      'NotIpAddress',
      { NotIpAddress: { 'aws:sourceip': '127.0.0.0/8' } },
      { 'aws:sourceip': '127.0.0.1' },
      'AccessDenied',
    ],
    ['Null true', { Null: { 's3:prefix': 'true' } }, {}, 'allowed'],
    ['Null false', { Null: { 's3:prefix': 'false' } }, {}, 'AccessDenied'],
    ['ForAllValues', { 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, 'AccessDenied'],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { k: ['a', 'b'] } }, { k: ['a', 'c'] }, 'allowed'],
    ['two operators, one failing', { StringEquals: { k: 'a' }, StringLike: { k: 'b*' } }, { k: 'a' }, 'AccessDenied'],
  ])('%s', (_, condition, context, expected) => {
    expect(when(condition, context as Record<string, string | string[]>)).toBe(expected)
  })
})

it('a refusal names caller, action, resource and reason', () => {
  expect(() => authorizer.authorize(role(), { action: 's3:PutObject', resource: OBJECT })).toThrow(
    `User: ${ROLE_ARN} is not authorized to perform: s3:PutObject on resource: ${OBJECT} because no identity-based`,
  )
})
