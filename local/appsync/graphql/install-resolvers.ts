import { type GraphQLField, type GraphQLFieldResolver, type GraphQLResolveInfo, isObjectType } from 'graphql'
import { isRecord } from '../../aws/json.ts'
import { mayUseField } from '../auth/iam.ts'
import type { ApiDefinition, ResolverDefinition } from '../definition.ts'
import { FieldError, fieldErrorOf, notAuthorizedTo } from '../errors.ts'
import { runResolver } from '../resolve/run-resolver.ts'
import type { OperationScope } from '../resolve/scope.ts'

/** Gives every field of the schema its guard and its resolver. Introspection's own types stay open to every caller. */
export function installResolvers(api: ApiDefinition): void {
  const roots = new Set(
    [api.schema.getQueryType(), api.schema.getMutationType(), api.schema.getSubscriptionType()].map(
      (type) => type?.name,
    ),
  )
  for (const type of Object.values(api.schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      field.resolve = fieldResolver(field, {
        typeName: type.name,
        isRoot: roots.has(type.name),
        resolver: api.resolvers.get(`${type.name}.${field.name}`),
      })
    }
  }
}

interface FieldPlace {
  typeName: string
  isRoot: boolean
  resolver: ResolverDefinition | undefined
}

function fieldResolver(
  field: GraphQLField<unknown, OperationScope>,
  { typeName, isRoot, resolver }: FieldPlace,
): GraphQLFieldResolver<unknown, OperationScope> {
  return (source, args: Record<string, unknown>, scope, info) => {
    checkAccess(scope, typeName, field.name, isRoot)
    if (scope.api.queryDepthLimit > 0) checkDepth(info, scope.api.queryDepthLimit)
    if (resolver && scope.runResolvers) return guarded(resolver, source, args, scope, info)
    return isRecord(source) ? source[field.name] : undefined
  }
}

/** @throws FieldError Unauthorized */
export function checkAccess(
  scope: Pick<OperationScope, 'api' | 'principal' | 'context'>,
  typeName: string,
  fieldName: string,
  isRoot: boolean,
): void {
  const { api, principal, context } = scope
  const allowed =
    api.rules.allows(principal, typeName, fieldName) &&
    (principal.mode !== 'AWS_IAM' ||
      !isRoot ||
      mayUseField(principal.caller, api, typeName, fieldName, context.authorizer))
  if (!allowed) throw notAuthorizedTo(fieldName, typeName)
}

/**
 * A level beyond the limit is an error of its own, and the rest of the answer stands. Source: developer guide,
 * "Configuring GraphQL run complexity".
 */
function checkDepth(info: GraphQLResolveInfo, limit: number): void {
  let depth = 0
  for (let at: GraphQLResolveInfo['path'] | undefined = info.path; at; at = at.prev)
    if (typeof at.key === 'string') depth += 1
  if (depth <= limit) return
  throw new FieldError(`Query depth limit exceeded: expected at most ${limit} levels, received ${depth}.`, {
    errorType: 'QueryDepthLimitReached',
  })
}

async function guarded(
  resolver: ResolverDefinition,
  source: unknown,
  args: Record<string, unknown>,
  scope: OperationScope,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  scope.resolversRun += 1
  const limit = scope.api.resolverCountLimit
  if (scope.resolversRun > limit) {
    throw new FieldError(`Resolver limit exceeded: expected at most ${limit} resolvers in a request.`, {
      errorType: 'ResolverExecutionLimitReached',
    })
  }
  try {
    return await runResolver(resolver, source, args, scope, info)
  } catch (error) {
    const known = fieldErrorOf(error)
    if (known.errorType === 'InternalFailure') {
      scope.context.log('error', 'appsync', `${info.parentType.name}.${info.fieldName} failed`, {
        error: error instanceof Error ? error.stack : String(error),
      })
    }
    throw known
  }
}
