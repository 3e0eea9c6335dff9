import { type GraphQLResolveInfo, getNamedType } from 'graphql'
import type { CompiledCode } from '../code-runtime.ts'
import type { DataSource, DataSourceCall, Outcome } from '../data-sources/data-source.ts'
import type { ResolverDefinition } from '../definition.ts'
import { FieldError } from '../errors.ts'
import { resolverContext } from './context.ts'
import { type FieldRun, runHandler } from './run-code.ts'
import type { OperationScope } from './scope.ts'

/** What a unit resolver or a pipeline step came to; `skipToEnd` ends the pipeline. */
interface StepResult {
  value: unknown
  skipToEnd: boolean
}

/**
 * Resolves one field by its resolver.
 * @throws FieldError for errors that the code raised, bad request objects included; NotImplemented by name
 */
export async function runResolver(
  resolver: ResolverDefinition,
  source: unknown,
  args: Record<string, unknown>,
  scope: OperationScope,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const run: FieldRun = { ctx: resolverContext(source, args, scope, info), scope, info }
  const call: DataSourceCall = {
    principal: scope.principal,
    arguments: args,
    typeName: info.parentType.name,
    fieldName: info.fieldName,
    outputType: getNamedType(info.returnType).name,
    maxBatchSize: resolver.maxBatchSize,
    scope,
  }
  if (resolver.kind === 'PIPELINE') return runPipeline(resolver, run, call)
  if (resolver.code === undefined) return runDirectLambda(resolver.dataSource, run, call)
  return (await runStep(resolver.code, resolver.dataSource, run, call)).value
}

/** Before handler, functions in order, after handler. Each sees the value before it as `ctx.prev.result`. */
async function runPipeline(
  { code, functions }: Extract<ResolverDefinition, { kind: 'PIPELINE' }>,
  run: FieldRun,
  call: DataSourceCall,
): Promise<unknown> {
  const before = runHandler(code, 'request', run)
  let previous = before.earlyReturn ? before.earlyReturn.value : before.result
  if (!before.earlyReturn) {
    for (const step of functions) {
      run.ctx.prev = { result: previous }
      const { value, skipToEnd } = await runStep(step.code, step.dataSource, run, call)
      previous = value
      if (skipToEnd) break
    }
  }
  const after = runHandler(code, 'response', run, { prev: { result: previous }, result: previous })
  return after.earlyReturn ? after.earlyReturn.value : after.result
}

/** Request handler, data source, response handler. An early return in either handler skips what follows it. */
async function runStep(
  code: CompiledCode,
  dataSource: DataSource,
  run: FieldRun,
  call: DataSourceCall,
): Promise<StepResult> {
  const request = runHandler(code, 'request', run)
  if (request.earlyReturn) return { value: request.earlyReturn.value, skipToEnd: request.earlyReturn.skipTo === 'END' }
  const { result, error } = await dataSource.invoke(request.result, call)
  const response = runHandler(code, 'response', run, { result, ...(error && { error }) })
  if (response.earlyReturn)
    return { value: response.earlyReturn.value, skipToEnd: response.earlyReturn.skipTo === 'END' }
  return { value: response.result, skipToEnd: false }
}

/**
 * A resolver without code on a Lambda data source: the whole context is the payload. Source: developer guide,
 * "Direct Lambda resolvers".
 */
async function runDirectLambda(dataSource: DataSource, { ctx }: FieldRun, call: DataSourceCall): Promise<unknown> {
  const { arguments: args, identity, source, request, info, stash } = ctx
  const payload = { arguments: args, identity, source, request, prev: null, info, stash }
  const operation = call.maxBatchSize > 0 ? 'BatchInvoke' : 'Invoke'
  const { result, error }: Outcome = await dataSource.invoke({ operation, payload }, call)
  if (error) throw new FieldError(error.message, { errorType: error.type })
  return result
}
