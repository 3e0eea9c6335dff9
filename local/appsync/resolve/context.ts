import { type GraphQLResolveInfo } from 'graphql'
import { AUTH_TYPE_NAMES, type Principal } from '../auth/identity.ts'
import type { OperationScope } from './scope.ts'
import { selectionSet } from './selection-set.ts'

/** `ctx` of request and response handlers. Source: developer guide, "Resolver context object reference". */
export interface ResolverContext {
  arguments: Record<string, unknown>
  args: Record<string, unknown>
  source: unknown
  identity: unknown
  request: { headers: Record<string, string>; domainName: null }
  info: {
    fieldName: string
    parentTypeName: string
    variables: Record<string, unknown>
    selectionSetList: string[]
    selectionSetGraphQL: string
  }
  stash: Record<string, unknown>
  prev?: { result: unknown }
  result?: unknown
  error?: { message: string; type: string }
  env: Record<string, string>
}

/** The context that every handler of one field shares; `result`, `error` and `prev` are added for each. */
export function resolverContext(
  source: unknown,
  args: Record<string, unknown>,
  scope: OperationScope,
  info: GraphQLResolveInfo,
): ResolverContext {
  return {
    arguments: args,
    args,
    source: source ?? null,
    identity: scope.principal.identity,
    request: { headers: scope.headers, domainName: null },
    info: {
      fieldName: info.fieldName,
      parentTypeName: info.parentType.name,
      variables: scope.variables,
      ...selectionSet(info),
    },
    stash: {},
    env: scope.api.env,
  }
}

export const authTypeOf = (principal: Principal): string => AUTH_TYPE_NAMES[principal.mode]
