import { GraphQLError, type GraphQLResolveInfo } from 'graphql'
import { authTypeOf, type ResolverContext } from './context.ts'
import type { CompiledCode, Evaluation, RaisedError } from '../code-runtime.ts'
import { FieldError, notAuthorizedTo } from '../errors.ts'
import { MAX_INVALIDATIONS } from '../limits.ts'
import type { OperationScope } from './scope.ts'
import { selectedData } from './selected-data.ts'

/** One field's resolver at work: what its handlers share. */
export interface FieldRun {
  ctx: ResolverContext
  scope: OperationScope
  info: GraphQLResolveInfo
}

/**
 * Runs one handler and takes over what it left behind: stash, appended errors, headers, extensions.
 * @throws FieldError when it raised an error
 */
export function runHandler(
  code: CompiledCode,
  handler: 'request' | 'response',
  run: FieldRun,
  also: Partial<ResolverContext> = {},
): Evaluation {
  const { ctx, scope, info } = run
  const evaluation = code.evaluate(handler, { ...ctx, ...also }, { authType: authTypeOf(scope.principal) })
  ctx.stash = evaluation.stash
  scope.appended.push(...evaluation.appendedErrors.map((raised) => appendedError(raised, info)))
  Object.assign(scope.responseHeaders, evaluation.responseHeaders)
  const { subscriptionFilter, invalidationFilter, invalidations } = evaluation.extensions
  if (subscriptionFilter) scope.extensions.subscriptionFilter = subscriptionFilter
  if (invalidationFilter) scope.extensions.invalidationFilter = invalidationFilter
  scope.extensions.invalidations.push(...invalidations)
  const asked = scope.extensions.invalidations.length
  if (asked > MAX_INVALIDATIONS) {
    scope.extensions.invalidations.length = 0
    const message = `Expected at most ${MAX_INVALIDATIONS} invalidateSubscriptions in a request, received ${asked}.`
    throw new FieldError(message, { errorType: 'BadRequestException' })
  }
  if (evaluation.unauthorized) throw notAuthorizedTo(info.fieldName, info.parentType.name)
  if (evaluation.error) throw fieldError(evaluation.error, info)
  return evaluation
}

function appendedError(raised: RaisedError, info: GraphQLResolveInfo): GraphQLError {
  return new GraphQLError(raised.message, {
    nodes: info.fieldNodes,
    path: pathOf(info),
    originalError: fieldError(raised, info),
  })
}

/** `data` of an error holds no more than what the client selected of the field. */
function fieldError({ message, errorType, errorInfo, data }: RaisedError, info: GraphQLResolveInfo): FieldError {
  return new FieldError(message, { errorType, errorInfo: errorInfo ?? null, data: selectedData(data ?? null, info) })
}

function pathOf(info: GraphQLResolveInfo): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: GraphQLResolveInfo['path'] | undefined = info.path; at; at = at.prev) path.unshift(at.key)
  return path
}
