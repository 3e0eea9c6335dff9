import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { synthesize } from '../../infra/synth.ts'
import { createAppSync } from '../../local/appsync/appsync.ts'
import { createUserPoolVerifier } from '../../local/appsync/auth/user-pool.ts'
import { toApiItem } from '../../local/appsync/dynamodb/attribute-values.ts'
import { toDynamoDB } from '../../local/appsync/runtime/util/dynamodb-values.ts'
import { readAssembly } from '../../local/assembly/read-assembly.ts'
import type { ServiceContext } from '../../local/aws/context.ts'
import { isRecord } from '../../local/aws/json.ts'
import type { Assembly, Resource } from '../../local/aws/resource.ts'
import { systemClock } from '../../local/clock.ts'
import { createDynamoDB } from '../../local/dynamodb/dynamodb.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'
import { createCredentialStore } from '../../local/iam/credentials.ts'
import { collectRoles } from '../../local/iam/roles.ts'
import { LOOPBACK } from '../../local/ports.ts'
import { createSignatureVerifier } from '../../local/sigv4/verifier.ts'
import { imageItem, OWNER } from './image-items.ts'
import { createYogaHandler } from './yoga.ts'

/** Images in the table: ten pages of twenty. */
const IMAGES = 200
/** Of no consequence: no such account, no such place. */
const PLACE = { region: 'us-east-1', accountId: '123456789012' }
const ENDPOINTS = {
  appsync: 'http://127.0.0.1/graphql', s3: 'http://127.0.0.1', cloudfront: 'http://127.0.0.1', aws: 'http://127.0.0.1',
  explorer: 'http://127.0.0.1',
}
const KEY_ID = 'bench'
const RSA_BITS = 2_048
const TOKEN_LIFE = '2h'

/** Both servers over one store, in this process. */
export interface GraphqlServers {
  urls: Record<'darkroom' | 'yoga', string>
  /** An id token of the images' owner. */
  token: string
  stop(): Promise<void>
}

/** Synthesizes the stack, deploys its table and its API to memory, and serves the same schema by graphql-yoga too. */
export async function startServers(): Promise<GraphqlServers> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-bench-'))
  await synthesize({ out: join(folder, 'assembly') })
  const assembly = readAssembly(join(folder, 'assembly'), { ...PLACE, endpoints: ENDPOINTS })
  const { resources } = assembly
  const context = contextIn(folder, assembly)
  const roles = collectRoles(resources, assembly.accountId)
  const dynamodb = createDynamoDB({ ...context, dataDir: null })
  await dynamodb.deploy(resources)
  const source = theOne(resources, 'AWS::AppSync::DataSource', ({ Type }) => Type === 'AMAZON_DYNAMODB')
  const tableName = String((source.properties.DynamoDBConfig as Record<string, unknown>).TableName)
  for (let number = 0; number < IMAGES; number += 1) {
    const item = toApiItem((toDynamoDB(imageItem(number)) as { M: unknown }).M, 'item')
    await dynamodb.call('PutItem', { TableName: tableName, Item: item }, { kind: 'operator', arn: 'operator' })
  }

  const pool = await givenUserPool(resources)
  const appSync = createAppSync({
    context,
    dynamodb,
    invokeLambda: () => Promise.reject(new Error('expected no Lambda function to be invoked')),
    roleCaller: (roleArn) => roles.caller(roleArn),
    jwks: () => pool.jwks,
  })
  appSync.deploy(resources, assembly)
  const sdl = appSync.sdl()
  if (sdl === undefined) throw new Error('expected a deployed schema, got none')
  const yoga = createYogaHandler({
    sdl,
    dynamodb,
    callerOf: (typeName, fieldName) => roles.caller(roleArnOf(typeName, fieldName, resources)),
    tableName,
    mediaBaseUrl: mediaBaseUrlOf(resources),
    verifier: createUserPoolVerifier({ userPoolId: pool.id, defaultAction: 'ALLOW' }, () => pool.jwks, systemClock),
  })
  const servers = await Promise.all([serve(appSync.handler), serve(yoga)])
  return {
    urls: { darkroom: urlOf(servers[0]), yoga: urlOf(servers[1]) },
    token: pool.token,
    async stop() {
      await Promise.all(servers.map(close))
      await appSync.stop()
      await dynamodb.stop()
      await rm(folder, { recursive: true })
    },
  }
}

function contextIn(dataDir: string, { region, accountId }: Assembly): ServiceContext {
  const credentials = createCredentialStore(dataDir)
  return {
    dataDir,
    clock: systemClock,
    log(level, service, message) {
      if (level === 'error') throw new Error(`${service}: ${message}`)
    },
    region,
    accountId,
    endpoints: ENDPOINTS,
    authorizer: createAuthorizer(),
    signatures: createSignatureVerifier({ credentials, clock: systemClock }),
  }
}

/** Keys of the stack's user pool, and a token that they signed. */
async function givenUserPool(resources: Resource[]): Promise<{ id: string; jwks: { keys: unknown[] }; token: string }> {
  const { physicalId: id } = theOne(resources, 'AWS::Cognito::UserPool')
  const client = theOne(resources, 'AWS::Cognito::UserPoolClient')
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS })
  const token = await new SignJWT({ token_use: 'id', 'cognito:username': OWNER })
    .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
    .setSubject(OWNER)
    .setAudience(client.physicalId)
    .setIssuer(`https://cognito-idp.${PLACE.region}.amazonaws.com/${id}`)
    .setIssuedAt()
    .setExpirationTime(TOKEN_LIFE)
    .sign(privateKey)
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }
  return { id, jwks: { keys: [jwk] }, token }
}

function theOne(
  resources: Resource[],
  type: string,
  is: (properties: Record<string, unknown>) => boolean = () => true,
): Resource {
  const found = resources.find((resource) => resource.type === type && is(resource.properties))
  if (!found) throw new Error(`expected a resource of type ${type} in the template, got none`)
  return found
}

/** ARN of the role of the data source behind a field's unit resolver. */
function roleArnOf(typeName: string, fieldName: string, resources: Resource[]): string {
  const { properties: resolver } = theOne(resources, 'AWS::AppSync::Resolver', ({ TypeName, FieldName }) =>
    TypeName === typeName && FieldName === fieldName)
  const source = theOne(resources, 'AWS::AppSync::DataSource', ({ Name }) => Name === resolver.DataSourceName)
  return String(source.properties.ServiceRoleArn)
}

function mediaBaseUrlOf(resources: Resource[]): string {
  const { EnvironmentVariables: variables } = theOne(resources, 'AWS::AppSync::GraphQLApi').properties
  return isRecord(variables) ? String(variables.MEDIA_BASE_URL) : ''
}

async function serve(handler: RequestListener): Promise<Server> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve))
  return server
}

function urlOf(server: Server): string {
  return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/graphql`
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => void server.close(() => resolve()))
}
