import type { GraphQLSchema } from 'graphql'
import type { AccessRules } from './auth/access-rules.ts'
import type { ApiKeys } from './auth/api-keys.ts'
import type { UserPoolVerifier } from './auth/user-pool.ts'
import type { CompiledCode } from './code-runtime.ts'
import type { DataSource } from './data-sources/data-source.ts'

/** CloudFormation's names of the authorization types that the local run knows. */
export type AuthMode = 'AMAZON_COGNITO_USER_POOLS' | 'AWS_IAM' | 'API_KEY'

/** A step of a pipeline: `AWS::AppSync::FunctionConfiguration`. */
export interface FunctionDefinition {
  name: string
  dataSource: DataSource
  code: CompiledCode
}

interface ResolverBase {
  typeName: string
  fieldName: string
  /** Most calls that `BatchInvoke` gathers into one; 0 or 1: none. */
  maxBatchSize: number
}

/** `AWS::AppSync::Resolver`. A unit resolver without code is a direct Lambda resolver. */
export type ResolverDefinition = ResolverBase &
  (
    | { kind: 'UNIT'; dataSource: DataSource; code?: CompiledCode }
    | { kind: 'PIPELINE'; code: CompiledCode; functions: FunctionDefinition[] }
  )

/** A deployed GraphQL API, ready to answer. */
export interface ApiDefinition {
  apiId: string
  region: string
  accountId: string
  defaultMode: AuthMode
  modes: ReadonlySet<AuthMode>
  schema: GraphQLSchema
  /** The SDL as deployed. */
  sdl: string
  rules: AccessRules
  /** By schema coordinate, e.g. `Query.image`. */
  resolvers: ReadonlyMap<string, ResolverDefinition>
  /** Subscription fields by the mutation that fires them (`@aws_subscribe`). */
  subscriptionsByMutation: ReadonlyMap<string, string[]>
  env: Record<string, string>
  /** 0: none. */
  queryDepthLimit: number
  resolverCountLimit: number
  introspection: boolean
  apiKeys: ApiKeys
  userPool?: UserPoolVerifier
}
