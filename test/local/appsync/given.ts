import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createAppSync } from '../../../local/appsync/appsync.ts'
import type { InvokeLambda } from '../../../local/appsync/data-sources/lambda.ts'
import type { Caller } from '../../../local/aws/caller.ts'
import type { ServiceContext } from '../../../local/aws/context.ts'
import type { Assembly, Resource } from '../../../local/aws/resource.ts'
import type { Clock } from '../../../local/clock.ts'
import { createDynamoDB } from '../../../local/dynamodb/dynamodb.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'
import { createCredentialStore } from '../../../local/iam/credentials.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'

export const REGION = 'eu-central-1'
export const ACCOUNT_ID = '123456789012'
export const API_ID = 'abcdefghijklmnopqrstuvwxyz'
export const API_KEY = 'da2-abcdefghijklmnopqrstuvwxyz'
export const USER_POOL_ID = `${REGION}_AbCdEfGhI`
export const CLIENT_ID = '0123456789abcdefghijklmnop'
const ISSUER = `https://cognito-idp.${REGION}.amazonaws.com/${USER_POOL_ID}`
const TABLE = 'things'
/** The user pool's key pair; made once, as RSA keys take their time. */
const POOL_KEYS = generateKeyPair('RS256')

/** A clock that moves by hand; it starts now, as real clients sign with the real time. */
export function handMovedClock(): Clock & { advance(ms: number): void } {
  let now = Date.now()
  const due = new Set<{ at: number; callback: () => void }>()
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback }
      due.add(timer)
      return { cancel: () => void due.delete(timer) }
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const next = [...due].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due.delete(next)
        now = next.at
        next.callback()
      }
      now = until
    },
  }
}

/** A role that may do what the statements allow. */
export function role(
  name: string,
  ...statements: { Action: string | string[]; Resource: string | string[] }[]
): Extract<Caller, { kind: 'role' }> {
  return {
    kind: 'role',
    roleName: name,
    accountId: ACCOUNT_ID,
    arn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}`,
    policies: [{ Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) }],
  }
}

export interface GivenApi {
  sdl: string
  /**
   * Code by schema coordinate; a list is a pipeline: the resolver's own code, then its functions. `source` defaults
   * to NONE.
   */
  resolvers?: Record<
    string,
    { code?: string; functions?: { code: string; source?: SourceName }[]; source?: SourceName; maxBatchSize?: number }
  >
  api?: Record<string, unknown>
  invokeLambda?: InvokeLambda
  /** What the tables' data source may do; all of DynamoDB by default. */
  tableActions?: string[]
  apiKeyExpiresEpochSeconds?: number
}

type SourceName = 'none' | 'table' | 'function'

/** Starts an AppSync with one API on a port of its own; `stop` ends everything. */
export async function startAppSync(given: GivenApi) {
  const dataDir = mkdtempSync(join(tmpdir(), 'appsync-'))
  const clock = handMovedClock()
  const logs: string[] = []
  const listeners = new Map<string, () => void>()
  const credentials = createCredentialStore(dataDir)
  const context: ServiceContext = {
    dataDir,
    clock,
    region: REGION,
    accountId: ACCOUNT_ID,
    log(level, _service, message) {
      const line = `${level} ${message}`
      logs.push(line)
      listeners.get(line)?.()
    },
    endpoints: { appsync: '', s3: '', cloudfront: '', aws: '', explorer: '' },
    authorizer: createAuthorizer(),
    signatures: createSignatureVerifier({ credentials, clock }),
  }
  const dynamodb = createDynamoDB({ ...context, dataDir: null })
  await dynamodb.deploy([TABLE_RESOURCE])
  const { publicKey, privateKey } = await POOL_KEYS
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }
  const dataSourceRole = role('DataSource', { Action: given.tableActions ?? ['dynamodb:*'], Resource: '*' })
  const appsync = createAppSync({
    context,
    dynamodb,
    invokeLambda: given.invokeLambda ?? (() => Promise.reject(new Error('no function was given'))),
    roleCaller: () => dataSourceRole,
    credentialsFor: () => credentials.credentialsFor(dataSourceRole),
    jwks: () => ({ keys: [jwk] }),
  })
  appsync.deploy(resourcesOf(given), ASSEMBLY)
  const server = createServer(appsync.handler)
  server.on('upgrade', (request, socket, head) => appsync.upgrade(request, socket, head))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** A signed user pool token. */
  const token = (claims: Record<string, unknown> = {}, key: CryptoKey = privateKey): Promise<string> => {
    const nowSeconds = Math.floor(clock.now() / 1000)
    return new SignJWT({
      sub: 'user-1',
      aud: CLIENT_ID,
      token_use: 'id',
      'cognito:username': 'ada',
      iss: ISSUER,
      iat: nowSeconds,
      exp: nowSeconds + 3600,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .sign(key)
  }
  const post = (body: unknown, headers: Record<string, string> = { 'x-api-key': API_KEY }) =>
    fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    origin,
    clock,
    logs,
    credentials,
    appsync,
    dynamodb,
    token,
    post,
    endpoint: `${origin}/graphql`,
    async query(
      query: string,
      variables: Record<string, unknown> = {},
      headers?: Record<string, string>,
    ): Promise<Answer> {
      return (await post({ query, variables }, headers)).json() as Promise<Answer>
    },
    /** Resolves when the next subscription to the field was accepted: the log says so. */
    started: (fieldName: string) =>
      new Promise<void>((resolve) => void listeners.set(`debug A subscription to ${fieldName} started.`, resolve)),
    async stop() {
      await appsync.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await dynamodb.stop()
      rmSync(dataDir, { recursive: true })
    },
  }
}

export type GivenAppSync = Awaited<ReturnType<typeof startAppSync>>

export interface Answer {
  data?: Record<string, unknown> | null
  errors?: {
    message: string
    errorType?: string | null
    errorInfo?: unknown
    data?: unknown
    path?: unknown
    locations?: unknown
  }[]
}

const TABLE_RESOURCE: Resource = {
  logicalId: 'Things',
  type: 'AWS::DynamoDB::Table',
  physicalId: TABLE,
  attributes: { Arn: `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${TABLE}` },
  properties: {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  },
}

const ASSEMBLY: Assembly = {
  region: REGION,
  accountId: ACCOUNT_ID,
  stackName: 'Test',
  resources: [],
  outputs: {},
  assetPath: (key) => {
    throw new Error(`no asset ${key}`)
  },
}

const ALL_MODES = {
  AuthenticationType: 'API_KEY',
  AdditionalAuthenticationProviders: [
    { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: USER_POOL_ID } },
    { AuthenticationType: 'AWS_IAM' },
  ],
}

export function resourcesOf({ sdl, resolvers = {}, api = {}, apiKeyExpiresEpochSeconds }: GivenApi): Resource[] {
  const Runtime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' }
  const resource = (
    logicalId: string,
    type: string,
    properties: Record<string, unknown>,
    attributes: Record<string, string> = {},
  ): Resource => ({ logicalId, type: `AWS::AppSync::${type}`, physicalId: logicalId, attributes, properties })
  const functionsOf = Object.entries(resolvers).flatMap(([coordinate, { functions = [] }]) =>
    functions.map((step, index) => ({ id: `${coordinate}-${index}`, ...step })),
  )
  return [
    resource('Api', 'GraphQLApi', { Name: 'Test', ...ALL_MODES, ...api }, { ApiId: API_ID }),
    resource('Schema', 'GraphQLSchema', { Definition: sdl }),
    resource(
      'Key',
      'ApiKey',
      { ...(apiKeyExpiresEpochSeconds !== undefined && { Expires: apiKeyExpiresEpochSeconds }) },
      { ApiKey: API_KEY },
    ),
    resource('None', 'DataSource', { Name: 'none', Type: 'NONE' }),
    resource('Table', 'DataSource', {
      Name: 'table',
      Type: 'AMAZON_DYNAMODB',
      ServiceRoleArn: 'role',
      DynamoDBConfig: { TableName: TABLE, AwsRegion: REGION },
    }),
    resource('Function', 'DataSource', {
      Name: 'function',
      Type: 'AWS_LAMBDA',
      ServiceRoleArn: 'role',
      LambdaConfig: { LambdaFunctionArn: 'arn:aws:lambda:f' },
    }),
    ...functionsOf.map(({ id, code, source = 'none' }) =>
      resource(
        id,
        'FunctionConfiguration',
        { Name: id, DataSourceName: source, Code: code, Runtime },
        { FunctionId: id },
      ),
    ),
    ...Object.entries(resolvers).map(([coordinate, { code, functions, source = 'none', maxBatchSize }]) => {
      const [TypeName, FieldName] = coordinate.split('.')
      const base = {
        TypeName,
        FieldName,
        ...(code !== undefined && { Code: code, Runtime }),
        ...(maxBatchSize !== undefined && { MaxBatchSize: maxBatchSize }),
      }
      const kind = functions
        ? { Kind: 'PIPELINE', PipelineConfig: { Functions: functions.map((_step, index) => `${coordinate}-${index}`) } }
        : { Kind: 'UNIT', DataSourceName: source }
      return resource(coordinate, 'Resolver', { ...base, ...kind })
    }),
  ]
}

/** Code of a resolver on a NONE data source that answers what the expression over `ctx` gives. */
export function answers(expression: string): string {
  return `import { util, extensions } from '@aws-appsync/utils'
    export function request(ctx) { return { payload: ${expression} } }
    export function response(ctx) { return ctx.result }`
}

/** A handler pair from two expressions over `ctx`; statements may come before. */
export const code = (request: string, response: string) => `import { util, runtime } from '@aws-appsync/utils'
  export function request(ctx) { ${request} }
  export function response(ctx) { ${response} }`
