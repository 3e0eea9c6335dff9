import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../local/aws/caller.ts'
import { ACCOUNT_ID, API_ID, API_KEY, answers, type GivenAppSync, REGION, role, startAppSync } from './given.ts'

const SDL = /* GraphQL */ `
  type Query {
    byKey: String
    byUser: Mine @aws_cognito_user_pools
    byAdmin: String @aws_cognito_user_pools(cognito_groups: ["Admin"])
    byBackEnd: String @aws_iam
    who: String @aws_api_key @aws_cognito_user_pools @aws_iam
    anyone: Mine @aws_api_key @aws_iam
  }
  type Mine @aws_cognito_user_pools @aws_iam {
    id: ID
    secret: String @aws_iam
  }
`
const FIELDS = `arn:aws:appsync:${REGION}:${ACCOUNT_ID}:apis/${API_ID}/types/Query/fields`
let given: GivenAppSync
beforeAll(async () => {
  given = await startAppSync({
    sdl: SDL,
    resolvers: {
      'Query.byUser': { code: answers('{ id: "1", secret: "s" }') },
      'Query.anyone': { code: answers('{ id: "1", secret: "s" }') },
      'Query.who': { code: answers('JSON.stringify({ identity: ctx.identity, type: util.authType() })') },
      'Query.byBackEnd': { code: answers('"in"') },
      'Query.byKey': { code: answers('"in"') },
      'Query.byAdmin': { code: answers('"in"') },
    },
  })
})
afterAll(() => given.stop())

const asUser = async (claims?: Record<string, unknown>) => ({ authorization: await given.token(claims) })
const who = async (headers: Record<string, string>) =>
  JSON.parse(String((await given.query('{ who }', {}, headers)).data?.who)) as unknown

/** A signed POST of a query. */
async function signed(query: string, caller: Extract<Caller, { kind: 'role' }>, changed?: { body?: string }) {
  const url = new URL(given.endpoint)
  const body = JSON.stringify({ query })
  const signer = new SignatureV4({
    credentials: given.credentials.credentialsFor(caller),
    region: REGION,
    service: 'appsync',
    sha256: Sha256,
  })
  const request = new HttpRequest({
    method: 'POST',
    hostname: url.hostname,
    port: Number(url.port),
    path: '/graphql',
    body,
    headers: { host: url.host, 'content-type': 'application/json' },
  })
  const { headers } = await signer.sign(request)
  return given.post(changed?.body ?? body, headers)
}

describe('a field', () => {
  it('without directive is for the default mode alone', async () => {
    expect(await given.query('{ byKey }')).toEqual({ data: { byKey: 'in' } })
    expect(await given.query('{ byKey }', {}, await asUser())).toMatchObject({
      data: { byKey: null },
      errors: [{ path: ['byKey'], errorType: 'Unauthorized', message: 'Not Authorized to access byKey on type Query' }],
    })
  })

  it('with directives is for their modes alone', async () => {
    expect((await given.query('{ byUser { id } }')).errors?.[0]?.errorType).toBe('Unauthorized')
    expect(await given.query('{ byUser { id } }', {}, await asUser())).toEqual({ data: { byUser: { id: '1' } } })
  })

  it("takes its type's directives unless it has its own", async () => {
    expect(await given.query('{ byUser { id secret } }', {}, await asUser())).toMatchObject({
      data: { byUser: { id: '1', secret: null } },
      errors: [{ message: 'Not Authorized to access secret on type Mine' }],
    })
    expect(await given.query('{ anyone { id } }')).toMatchObject({
      data: { anyone: { id: null } },
      errors: [{ message: 'Not Authorized to access id on type Mine' }],
    })
  })

  it('for groups is for their members', async () => {
    expect((await given.query('{ byAdmin }', {}, await asUser({ 'cognito:groups': ['Admin', 'Other'] }))).data).toEqual(
      { byAdmin: 'in' },
    )
    expect((await given.query('{ byAdmin }', {}, await asUser({ 'cognito:groups': ['Other'] }))).data).toEqual({
      byAdmin: null,
    })
    expect((await given.query('{ byAdmin }', {}, await asUser())).data).toEqual({ byAdmin: null })
  })

  it('shows its type name to everybody', async () => {
    expect(await given.query('{ __typename anyone { __typename } }')).toEqual({
      data: { __typename: 'Query', anyone: { __typename: 'Mine' } },
    })
  })
})

describe('identity', () => {
  it('of an API key is null', async () => {
    expect(await who({ 'x-api-key': API_KEY })).toEqual({ identity: null, type: 'API Key Authorization' })
  })

  it('of a user has sub, username, groups and claims', async () => {
    expect(await who(await asUser({ 'cognito:groups': ['A'] }))).toMatchObject({
      type: 'User Pool Authorization',
      identity: {
        sub: 'user-1',
        username: 'ada',
        groups: ['A'],
        defaultAuthStrategy: 'ALLOW',
        sourceIp: [expect.any(String)],
        claims: { token_use: 'id' },
        issuer: expect.stringContaining('cognito-idp'),
      },
    })
  })

  it('of an IAM role has account and ARN', async () => {
    const caller = role('BackEnd', { Action: 'appsync:GraphQL', Resource: `${FIELDS}/*` })
    const { data } = (await (await signed('{ who }', caller)).json()) as { data: { who: string } }
    expect(JSON.parse(data.who)).toMatchObject({
      type: 'IAM Authorization',
      identity: {
        accountId: ACCOUNT_ID,
        userArn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/BackEnd/BackEnd`,
        username: expect.stringMatching(/^AROA[A-Z0-9]{17}:BackEnd$/),
        cognitoIdentityId: null,
      },
    })
  })
})

describe('IAM', () => {
  const caller = role('BackEnd', { Action: 'appsync:GraphQL', Resource: `${FIELDS}/byBackEnd` })

  it('lets a role use the fields that its policy names, and refuses the others', async () => {
    expect(await (await signed('{ byBackEnd }', caller)).json()).toEqual({ data: { byBackEnd: 'in' } })
    expect(await (await signed('{ byBackEnd anyone { id } }', caller)).json()).toMatchObject({
      data: { byBackEnd: 'in', anyone: null },
      errors: [{ errorType: 'Unauthorized', path: ['anyone'] }],
    })
  })

  it('refuses a body that was not signed, and unknown keys', async () => {
    const tampered = await signed('{ byBackEnd }', caller, { body: JSON.stringify({ query: '{ who }' }) })
    expect(tampered.status).toBe(403)
    expect(((await tampered.json()) as { errors: { errorType: string }[] }).errors[0]?.errorType).toBe(
      'InvalidSignatureException',
    )
    const unknown = await given.post(
      { query: '{ who }' },
      {
        authorization: [
          `AWS4-HMAC-SHA256 Credential=ASIAAAAAAAAAAAAAAAAA/20260101/${REGION}/appsync/aws4_request`,
          'SignedHeaders=host;x-amz-date',
          `Signature=${'0'.repeat(64)}`,
        ].join(', '),
        'x-amz-date': new Date(given.clock.now()).toISOString().replace(/[-:]|\.\d+/g, ''),
      },
    )
    expect([
      unknown.status,
      ((await unknown.json()) as { errors: { errorType: string }[] }).errors[0]?.errorType,
    ]).toEqual([403, 'UnrecognizedClientException'])
  })
})

describe('a user pool that denies by default', () => {
  it('opens only fields that name one of the caller’s groups, and honours @aws_auth', async () => {
    const denying = await startAppSync({
      sdl: 'type Query { open: String closed: String @aws_auth(cognito_groups: ["Admin"]) }',
      api: {
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        AdditionalAuthenticationProviders: [],
        UserPoolConfig: { UserPoolId: `${REGION}_AbCdEfGhI`, DefaultAction: 'DENY' },
      },
      resolvers: { 'Query.open': { code: answers('"in"') }, 'Query.closed': { code: answers('"in"') } },
    })
    const headers = { authorization: await denying.token({ 'cognito:groups': ['Admin'] }) }
    expect((await denying.query('{ open closed }', {}, headers)).data).toEqual({ open: null, closed: 'in' })
    expect((await denying.post({ query: '{ closed }' })).status).toBe(401)
    await denying.stop()
  })
})
