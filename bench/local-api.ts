import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { createAppSync } from '../local/appsync/appsync.ts'
import { readAssembly } from '../local/assembly/read-assembly.ts'
import type { Caller, Credentials } from '../local/aws/caller.ts'
import type { ServiceContext } from '../local/aws/context.ts'
import { isRecord } from '../local/aws/json.ts'
import type { JsonService } from '../local/aws/json-service.ts'
import type { Resource } from '../local/aws/resource.ts'
import { systemClock } from '../local/clock.ts'
import type { ConsumedObserver } from '../local/dynamodb/consumed-capacity.ts'
import { createDynamoDB } from '../local/dynamodb/dynamodb.ts'
import { createAuthorizer } from '../local/iam/authorize.ts'
import { createCredentialStore } from '../local/iam/credentials.ts'
import { collectRoles } from '../local/iam/roles.ts'
import { LOOPBACK } from '../local/ports.ts'
import { createSignatureVerifier } from '../local/sigv4/verifier.ts'

/** Of no consequence: no such account, no such place. */
export const PLACE = { region: 'us-east-1', accountId: '123456789012' }
/** Where the services are that don't run. */
export const NOWHERE = {
  s3: `http://${LOOPBACK}`, cloudfront: `http://${LOOPBACK}`, aws: `http://${LOOPBACK}`, explorer: `http://${LOOPBACK}`,
}
const UNAVAILABLE = 503
const KEY_ID = 'bench'
const RSA_BITS = 2_048
const TOKEN_LIFE = '12h'

export interface LocalApiOptions {
  assemblyDir: string
  /** Where keys are kept, and the table if it is to be; made if there is none. */
  folder: string
  /** Who the token is of. */
  owner: string
  /** Whether the table is kept in the folder, or in memory. */
  isStored: boolean
  /** Is told what every call of DynamoDB consumes. @default nobody */
  onConsumed?: ConsumedObserver
  /** Answers for the Lambda functions. @default none may be invoked */
  invokeLambda?: (payload: unknown) => unknown
  /** Where SQS is. @default nowhere */
  sqsOrigin?: string
}

/** The stack's API and table alone, without the other services, over HTTP. */
export interface LocalApi {
  url: string
  /** An id token of the owner. */
  token: string
  /** The user pool that the token is of. */
  userPool: { id: string; jwks: { keys: unknown[] } }
  sdl: string
  mediaBaseUrl: string
  dynamodb: JsonService
  tableName: string
  /** Key pair of the role of a Lambda function, by the function's name. */
  credentialsFor(functionName: string): Required<Credentials>
  /** The role that a data source of the API has, by the data source's name. */
  callerOf(dataSource: string): Caller
  stop(): Promise<void>
}

/** Deploys the table and the API of an assembly. Time to live is not looked for: a sweep would be measured, too. */
export async function startLocalApi(options: LocalApiOptions): Promise<LocalApi> {
  let answer: RequestListener = (_request, response) => void response.writeHead(UNAVAILABLE).end()
  // The stack is told its own address, so that the server has to be there first.
  const server = await serve((request, response) => answer(request, response))
  const endpoints = { ...NOWHERE, aws: options.sqsOrigin ?? NOWHERE.aws, appsync: originOf(server) }
  mkdirSync(options.folder, { recursive: true })
  const assembly = readAssembly(options.assemblyDir, { ...PLACE, endpoints })
  const { resources } = assembly
  const credentials = createCredentialStore(options.folder)
  const context: ServiceContext = {
    dataDir: options.folder,
    clock: systemClock,
    log(level, service, message) {
      if (level === 'error') throw new Error(`${service}: ${message}`)
    },
    ...PLACE,
    endpoints,
    authorizer: createAuthorizer(),
    signatures: createSignatureVerifier({ credentials, clock: systemClock }),
  }
  const roles = collectRoles(resources, assembly.accountId)
  const withoutSweeps = { now: systemClock.now, after: () => ({ cancel: () => undefined }) }
  const dynamodb = createDynamoDB(
    { ...context, clock: withoutSweeps, dataDir: options.isStored ? options.folder : null },
    { onConsumed: options.onConsumed },
  )
  await dynamodb.deploy(resources)
  const userPool = await givenUserPool(resources, options.owner)
  const appSync = createAppSync({
    context,
    dynamodb,
    async invokeLambda(functionArn, payload) {
      if (!options.invokeLambda) throw new Error(`expected no Lambda function to be invoked, got ${functionArn}`)
      return { payload: options.invokeLambda(payload) }
    },
    roleCaller: (roleArn) => roles.caller(roleArn),
    credentialsFor: (roleArn) => credentials.credentialsFor(roles.caller(roleArn)),
    jwks: () => userPool.jwks,
  })
  appSync.deploy(resources, assembly)
  answer = appSync.handler
  return {
    url: `${originOf(server)}/graphql`,
    token: userPool.token,
    userPool,
    sdl: appSync.sdl() ?? '',
    mediaBaseUrl: mediaBaseUrlOf(resources),
    dynamodb,
    tableName: tableNameOf(resources),
    credentialsFor: (functionName) =>
      credentials.credentialsFor(roles.caller(String(lambdaFunction(resources, functionName).properties.Role))),
    callerOf: (dataSource) => roles.caller(roleArnOf(dataSource, resources)),
    async stop() {
      await close(server)
      await appSync.stop()
      await dynamodb.stop()
    },
  }
}

/** Keys of the stack's user pool, and a token that they signed. */
async function givenUserPool(
  resources: Resource[],
  owner: string,
): Promise<{ id: string; jwks: { keys: unknown[] }; token: string }> {
  const { physicalId: id } = theOne(resources, 'AWS::Cognito::UserPool')
  const client = theOne(resources, 'AWS::Cognito::UserPoolClient')
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS })
  const token = await new SignJWT({ token_use: 'id', 'cognito:username': owner })
    .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
    .setSubject(owner)
    .setAudience(client.physicalId)
    .setIssuer(`https://cognito-idp.${PLACE.region}.amazonaws.com/${id}`)
    .setIssuedAt()
    .setExpirationTime(TOKEN_LIFE)
    .sign(privateKey)
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }
  return { id, jwks: { keys: [jwk] }, token }
}

/** The resource of a type that fits. @throws Error when there is none */
export function theOne(
  resources: Resource[],
  type: string,
  fits: (properties: Record<string, unknown>) => boolean = () => true,
): Resource {
  const found = resources.find((resource) => resource.type === type && fits(resource.properties))
  if (!found) throw new Error(`expected a resource of type ${type} in the template, got none`)
  return found
}

/** @throws Error when there is none by that name */
export function lambdaFunction(resources: Resource[], name: string): Resource {
  return theOne(resources, 'AWS::Lambda::Function', (one) => variablesOf(one).POWERTOOLS_SERVICE_NAME === name)
}

/** Environment variables of a Lambda function. */
export function variablesOf({ Environment: environment }: Record<string, unknown>): Record<string, string> {
  const variables = isRecord(environment) && isRecord(environment.Variables) ? environment.Variables : {}
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]))
}

function tableNameOf(resources: Resource[]): string {
  const { properties } = theOne(resources, 'AWS::AppSync::DataSource', ({ Type }) => Type === 'AMAZON_DYNAMODB')
  return String((properties.DynamoDBConfig as Record<string, unknown>).TableName)
}

function roleArnOf(dataSource: string, resources: Resource[]): string {
  const { properties } = theOne(resources, 'AWS::AppSync::DataSource', ({ Name }) => Name === dataSource)
  return String(properties.ServiceRoleArn)
}

function mediaBaseUrlOf(resources: Resource[]): string {
  const { EnvironmentVariables: variables } = theOne(resources, 'AWS::AppSync::GraphQLApi').properties
  return isRecord(variables) ? String(variables.MEDIA_BASE_URL) : ''
}

export async function serve(handler: RequestListener): Promise<Server> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  return server
}

export function originOf(server: Server): string {
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`
}

export function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => void server.close(() => resolve()))
}
