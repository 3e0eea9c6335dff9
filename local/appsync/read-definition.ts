import { readFileSync } from 'node:fs'
import type { DocumentNode } from 'graphql'
import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Assembly, Resource } from '../aws/resource.ts'
import type { Clock } from '../clock.ts'
import { readAccessRules } from './auth/access-rules.ts'
import { createApiKeys } from './auth/api-keys.ts'
import { createUserPoolVerifier, type UserPoolConfig } from './auth/user-pool.ts'
import type { CompiledCode } from './code-runtime.ts'
import type { DataSource } from './data-sources/data-source.ts'
import type { ApiDefinition, AuthMode, FunctionDefinition, ResolverDefinition } from './definition.ts'
import { DEFAULT_RESOLVER_COUNT_LIMIT, MAX_PIPELINE_FUNCTIONS } from './limits.ts'
import { buildApiSchema, directivesByCoordinate, stringListArgument } from './schema/build-schema.ts'

/** What turning resources into an API needs from outside. */
export interface DefinitionParts {
  assembly: Assembly
  clock: Clock
  jwks: () => { keys: unknown[] }
  compile: (code: string, fileName: string) => CompiledCode
  dataSource: (resource: Resource, apiId: string) => DataSource
}

const MODES: readonly string[] = ['AMAZON_COGNITO_USER_POOLS', 'AWS_IAM', 'API_KEY'] satisfies AuthMode[]
const RUNTIME = 'APPSYNC_JS'
const NOT_EMULATED_TYPES = new Set([
  'AWS::AppSync::Api',
  'AWS::AppSync::ApiCache',
  'AWS::AppSync::ChannelNamespace',
  'AWS::AppSync::DomainName',
  'AWS::AppSync::DomainNameApiAssociation',
  'AWS::AppSync::SourceApiAssociation',
])

/**
 * Reads the one GraphQL API of a template, with its schema, keys, data sources, functions and resolvers.
 * @throws NotImplemented by name for what is not emulated; Error for what AppSync would refuse to deploy
 */
export function readDefinition(resources: Resource[], parts: DefinitionParts): ApiDefinition {
  const of = (type: string) => resources.filter((resource) => resource.type === `AWS::AppSync::${type}`)
  const beyond = resources.find((resource) => NOT_EMULATED_TYPES.has(resource.type))
  if (beyond) throw new NotImplemented(`${beyond.type} (${beyond.logicalId})`)
  const [api, ...others] = of('GraphQLApi')
  const [schemaResource] = of('GraphQLSchema')
  if (!api || !schemaResource)
    throw new Error('Expected an AWS::AppSync::GraphQLApi and its AWS::AppSync::GraphQLSchema in the template.')
  if (others.length > 0) throw new NotImplemented(`A second AWS::AppSync::GraphQLApi (${others[0]?.logicalId})`)

  const apiId = api.attributes.ApiId ?? api.physicalId
  const auth = readAuth(api)
  const sdl = readText(schemaResource, 'Definition', 'DefinitionS3Location', parts.assembly)
  const { schema, document } = buildApiSchema(sdl)
  const codeOf = (resource: Resource, fileName: string) => readCode(resource, fileName, parts)
  const dataSources = new Map(
    of('DataSource').map((resource) => [String(resource.properties.Name), parts.dataSource(resource, apiId)]),
  )
  const dataSourceOf = (resource: Resource): DataSource => {
    const found = dataSources.get(String(resource.properties.DataSourceName))
    if (!found)
      throw new Error(
        `${resource.logicalId} names the data source ${String(resource.properties.DataSourceName)}; expected one of ${[
          ...dataSources.keys(),
        ].join(', ')}.`,
      )
    return found
  }
  const functions = new Map(
    of('FunctionConfiguration').map((resource): [string, FunctionDefinition] => {
      const name = String(resource.properties.Name)
      return [
        resource.attributes.FunctionId ?? resource.physicalId,
        { name, dataSource: dataSourceOf(resource), code: required(codeOf(resource, name), resource) },
      ]
    }),
  )
  const resolvers = of('Resolver').map((resource) => readResolver(resource, { codeOf, dataSourceOf, functions }))
  for (const { typeName, fieldName } of resolvers) checkField(schema, typeName, fieldName)

  return {
    apiId,
    region: parts.assembly.region,
    accountId: parts.assembly.accountId,
    ...auth,
    schema,
    sdl,
    rules: readAccessRules(document, { ...auth, defaultAction: auth.pool?.defaultAction ?? 'ALLOW' }),
    resolvers: new Map(resolvers.map((resolver) => [`${resolver.typeName}.${resolver.fieldName}`, resolver])),
    subscriptionsByMutation: readSubscriptions(document, schema.getSubscriptionType()?.name),
    env: isRecord(api.properties.EnvironmentVariables) ? stringsOf(api.properties.EnvironmentVariables) : {},
    queryDepthLimit: Number(api.properties.QueryDepthLimit ?? 0),
    resolverCountLimit: Number(api.properties.ResolverCountLimit ?? 0) || DEFAULT_RESOLVER_COUNT_LIMIT,
    introspection: api.properties.IntrospectionConfig !== 'DISABLED',
    apiKeys: createApiKeys(of('ApiKey').map(readApiKey), parts.clock),
    ...(auth.pool && { userPool: createUserPoolVerifier(auth.pool, parts.jwks, parts.clock) }),
  }
}

function readAuth(api: Resource): { defaultMode: AuthMode; modes: Set<AuthMode>; pool?: UserPoolConfig } {
  const { AuthenticationType, AdditionalAuthenticationProviders, UserPoolConfig: defaultPool } = api.properties
  const additional = Array.isArray(AdditionalAuthenticationProviders)
    ? AdditionalAuthenticationProviders.filter(isRecord)
    : []
  const defaultMode = readMode(AuthenticationType)
  const modes = new Set([defaultMode, ...additional.map((provider) => readMode(provider.AuthenticationType))])
  const config = [defaultPool, ...additional.map((provider) => provider.UserPoolConfig)].find(isRecord)
  if (!config) return { defaultMode, modes }
  const pool: UserPoolConfig = {
    userPoolId: String(config.UserPoolId),
    defaultAction: config.DefaultAction === 'DENY' ? 'DENY' : 'ALLOW',
  }
  if (typeof config.AppIdClientRegex === 'string') pool.appIdClientRegex = config.AppIdClientRegex
  return { defaultMode, modes, pool }
}

function readMode(value: unknown): AuthMode {
  if (typeof value === 'string' && MODES.includes(value)) return value as AuthMode
  throw new NotImplemented(`AppSync authentication type ${String(value)}`)
}

function readApiKey(resource: Resource): { key: string; expiresEpochSeconds?: number } {
  const key = resource.attributes.ApiKey ?? resource.physicalId
  const expires = resource.properties.Expires
  return expires === undefined ? { key } : { key, expiresEpochSeconds: Number(expires) }
}

function readResolver(
  resource: Resource,
  {
    codeOf,
    dataSourceOf,
    functions,
  }: {
    codeOf: (resource: Resource, fileName: string) => CompiledCode | undefined
    dataSourceOf: (resource: Resource) => DataSource
    functions: Map<string, FunctionDefinition>
  },
): ResolverDefinition {
  const {
    TypeName,
    FieldName,
    Kind: kind = 'UNIT',
    PipelineConfig,
    MaxBatchSize,
    CachingConfig,
    SyncConfig,
  } = resource.properties
  if (CachingConfig) throw new NotImplemented(`AppSync caching (${resource.logicalId})`)
  if (SyncConfig) throw new NotImplemented(`AppSync conflict detection (${resource.logicalId})`)
  const base = { typeName: String(TypeName), fieldName: String(FieldName), maxBatchSize: Number(MaxBatchSize ?? 0) }
  const code = codeOf(resource, `${base.typeName}.${base.fieldName}`)
  if (kind === 'PIPELINE') {
    const ids =
      isRecord(PipelineConfig) && Array.isArray(PipelineConfig.Functions) ? PipelineConfig.Functions.map(String) : []
    if (ids.length > MAX_PIPELINE_FUNCTIONS)
      throw new Error(
        `${resource.logicalId}: expected at most ${MAX_PIPELINE_FUNCTIONS} functions, received ${ids.length}.`,
      )
    return {
      ...base,
      kind,
      code: required(code, resource),
      functions: ids.map((id) => {
        const found = functions.get(id)
        if (!found) throw new Error(`${resource.logicalId} names the function ${id}, which the template does not have.`)
        return found
      }),
    }
  }
  const dataSource = dataSourceOf(resource)
  if (code) return { ...base, kind: 'UNIT', dataSource, code }
  if (dataSource.type !== 'AWS_LAMBDA')
    throw new NotImplemented(
      `AppSync resolver without code on a data source of type ${dataSource.type} (${resource.logicalId})`,
    )
  return { ...base, kind: 'UNIT', dataSource }
}

function readCode(
  resource: Resource,
  fileName: string,
  { assembly, compile }: DefinitionParts,
): CompiledCode | undefined {
  const { Code, CodeS3Location, Runtime, RequestMappingTemplate, RequestMappingTemplateS3Location } =
    resource.properties
  if (RequestMappingTemplate || RequestMappingTemplateS3Location)
    throw new NotImplemented(`AppSync VTL mapping templates (${resource.logicalId})`)
  if (!Code && !CodeS3Location) return undefined
  if (!isRecord(Runtime) || Runtime.Name !== RUNTIME)
    throw new Error(
      `${resource.logicalId}: expected Runtime.Name ${RUNTIME} beside the code, received ${JSON.stringify(Runtime)}.`,
    )
  return compile(readText(resource, 'Code', 'CodeS3Location', assembly), fileName)
}

function required(code: CompiledCode | undefined, resource: Resource): CompiledCode {
  if (code) return code
  throw new NotImplemented(
    `AppSync ${resource.type.split('::').at(-1)} without APPSYNC_JS code (${resource.logicalId})`,
  )
}

/** A text that stands inline, or in an asset at `s3://bucket/key`. */
function readText(resource: Resource, inline: string, location: string, assembly: Assembly): string {
  const text = resource.properties[inline]
  if (typeof text === 'string') return text
  const at = resource.properties[location]
  if (typeof at !== 'string') throw new Error(`${resource.logicalId}: expected ${inline} or ${location}.`)
  return readFileSync(assembly.assetPath(at.replace(/^s3:\/\/[^/]+\//, '')), 'utf8')
}

function checkField(schema: ApiDefinition['schema'], typeName: string, fieldName: string): void {
  const type = schema.getType(typeName)
  if (type && 'getFields' in type && type.getFields()[fieldName]) return
  throw new Error(`No field named ${fieldName} found on type ${typeName}, for which the template has a resolver.`)
}

function readSubscriptions(document: DocumentNode, subscriptionType: string | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [coordinate, directives] of directivesByCoordinate(document)) {
    const [typeName, fieldName] = coordinate.split('.')
    if (fieldName === undefined || typeName !== subscriptionType) continue
    const mutations = directives
      .filter((one) => one.name.value === 'aws_subscribe')
      .flatMap((one) => stringListArgument(one, 'mutations') ?? [])
    for (const mutation of mutations) found.set(mutation, [...(found.get(mutation) ?? []), fieldName])
  }
  return found
}

function stringsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]))
}
