import type { IncomingMessage, RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Caller, Credentials } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { JsonService } from '../aws/json-service.ts'
import type { Assembly, Resource } from '../aws/resource.ts'
import type { DataSource } from './data-sources/data-source.ts'
import { httpDataSource } from './data-sources/http.ts'
import { type InvokeLambda, lambdaDataSource } from './data-sources/lambda.ts'
import { noneDataSource } from './data-sources/none.ts'
import { dynamoDbDataSource } from './dynamodb/dynamodb.ts'
import { createNextTokens } from './dynamodb/next-tokens.ts'
import { createDocuments } from './graphql/documents.ts'
import { installResolvers } from './graphql/install-resolvers.ts'
import { createHttpHandler, type ServedApi } from './http/handler.ts'
import { readDefinition } from './read-definition.ts'
import { createSockets } from './realtime/sockets.ts'
import { installSubscribers } from './realtime/subscribe.ts'
import { createSubscriptions } from './realtime/subscriptions.ts'
import { compileCode } from './runtime/compile.ts'

export interface AppSyncOptions {
  context: ServiceContext
  dynamodb: JsonService
  invokeLambda: InvokeLambda
  /** The role that a data source takes on. */
  roleCaller: (roleArn: string) => Caller
  /** That role's key pair. */
  credentialsFor: (roleArn: string) => Required<Credentials>
  /** The user pool's public keys, read again when a token names a key that isn't known. */
  jwks: () => { keys: unknown[] }
}

/** The local AppSync: one GraphQL API over HTTP (`/graphql`) and over WebSocket (`/graphql/realtime`). */
export interface AppSync {
  handler: RequestListener
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /**
   * Reads the template's AppSync resources and serves them from now on. @throws NotImplemented by name, or Error
   * for what AppSync would refuse
   */
  deploy(resources: Resource[], assembly: Assembly): void
  /** The schema as deployed, for tools that show it; undefined before the first deployment. */
  sdl(): string | undefined
  stop(): Promise<void>
}

export function createAppSync(options: AppSyncOptions): AppSync {
  const { context } = options
  const nextTokens = createNextTokens(context.dataDir)
  const subscriptions = createSubscriptions(context.log)
  let current: ServedApi | undefined
  const served = () => current
  const sockets = createSockets({ context, served, subscriptions })

  const dataSource = (resource: Resource, apiId: string): DataSource => {
    const { Name, Type, ServiceRoleArn, DynamoDBConfig, LambdaConfig } = resource.properties
    const name = String(Name)
    const caller = () => options.roleCaller(String(ServiceRoleArn))
    if (Type === 'NONE') return noneDataSource(name)
    if (Type === 'HTTP') return httpDataSource(resource, context, options.credentialsFor)
    if (Type === 'AWS_LAMBDA' && isRecord(LambdaConfig)) {
      return lambdaDataSource({
        name,
        functionArn: String(LambdaConfig.LambdaFunctionArn),
        caller: caller(),
        invokeLambda: options.invokeLambda,
      })
    }
    if (Type === 'AMAZON_DYNAMODB' && isRecord(DynamoDBConfig)) {
      for (const feature of ['UseCallerCredentials', 'Versioned']) {
        if (isTrue(DynamoDBConfig[feature]))
          throw new NotImplemented(`AppSync DynamoDB data source with ${feature} (${resource.logicalId})`)
      }
      return dynamoDbDataSource(name, {
        tableName: String(DynamoDBConfig.TableName),
        region: context.region,
        apiId,
        caller: caller(),
        nextTokens,
        dynamodb: options.dynamodb,
        invokeLambda: options.invokeLambda,
      })
    }
    throw new NotImplemented(`AppSync data source of type ${String(Type)} (${resource.logicalId})`)
  }

  const compile = (code: string, fileName: string) =>
    compileCode(code, {
      fileName,
      clock: context.clock,
      log: ({ level, handler, message }) => context.log(level, 'appsync', `${fileName} ${handler}: ${message}`),
    })

  return {
    handler: createHttpHandler({ context, served, published: (executed) => subscriptions.publish(executed) }),
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    deploy(resources, assembly) {
      const api = readDefinition(resources, { assembly, clock: context.clock, jwks: options.jwks, compile, dataSource })
      installResolvers(api)
      installSubscribers(api)
      current = { api, documents: createDocuments(api.schema, { introspection: api.introspection }) }
    },
    sdl: () => current?.api.sdl,
    stop: () => sockets.stop(),
  }
}

/** CloudFormation's booleans may come as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
