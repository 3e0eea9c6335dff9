import type { GraphQLError } from 'graphql'
import type { ApiDefinition } from '../definition.ts'
import type { Principal } from '../auth/identity.ts'
import type { EvaluationExtensions } from '../code-runtime.ts'
import type { ServiceContext } from '../../aws/context.ts'
import type { LambdaBatches } from '../data-sources/lambda-batches.ts'

/** What one GraphQL operation shares among its fields; graphql-js hands it to every resolver as its context value. */
export interface OperationScope {
  api: ApiDefinition
  context: ServiceContext
  principal: Principal
  /** The request's headers, lower-case names. */
  headers: Record<string, string>
  variables: Record<string, unknown>
  /** False for a subscription event: its values stand already, and no resolver runs. */
  runResolvers: boolean
  /** Counts against ResolverCountLimit. */
  resolversRun: number
  /** Errors of `util.appendError`, beside the data. */
  appended: GraphQLError[]
  /** Headers of `util.http.addResponseHeader`. */
  responseHeaders: Record<string, string>
  /** What the code asked of subscriptions, in call order. */
  extensions: EvaluationExtensions
  /** Calls of `BatchInvoke` that wait for their siblings. */
  batches: LambdaBatches
}

export function newScope(
  base: Pick<OperationScope, 'api' | 'context' | 'principal' | 'headers' | 'variables' | 'runResolvers' | 'batches'>,
): OperationScope {
  return { ...base, resolversRun: 0, appended: [], responseHeaders: {}, extensions: { invalidations: [] } }
}
