import type { ConstDirectiveNode, DocumentNode } from 'graphql'
import type { AuthMode } from '../definition.ts'
import { NotImplemented } from '../../aws/errors.ts'
import { directivesByCoordinate, stringListArgument } from '../schema/build-schema.ts'
import type { Principal } from './identity.ts'

/** Modes that may read a field; a list of groups narrows the user pool's users to its members. */
type FieldRule = ReadonlyMap<AuthMode, readonly string[] | null>

const MODE_OF_DIRECTIVE: Record<string, AuthMode> = {
  aws_cognito_user_pools: 'AMAZON_COGNITO_USER_POOLS',
  aws_auth: 'AMAZON_COGNITO_USER_POOLS',
  aws_iam: 'AWS_IAM',
  aws_api_key: 'API_KEY',
}
const NOT_EMULATED = new Set(['aws_oidc', 'aws_lambda'])

/**
 * Who may read which field. A field's own directives replace its type's; with neither, the API's default mode alone
 * may. Source: developer guide, "Using additional authorization modes".
 */
export interface AccessRules {
  allows(principal: Principal, typeName: string, fieldName: string): boolean
}

/**
 * @param defaultAction of the user pool: under DENY its users get only fields that name one of their groups
 * @throws NotImplemented for `@aws_oidc` and `@aws_lambda`
 */
export function readAccessRules(
  document: DocumentNode,
  {
    defaultMode,
    modes,
    defaultAction,
  }: { defaultMode: AuthMode; modes: ReadonlySet<AuthMode>; defaultAction: 'ALLOW' | 'DENY' },
): AccessRules {
  // @aws_auth is the directive of APIs with a user pool alone; beside other modes AppSync ignores it.
  const single = modes.size === 1 && defaultMode === 'AMAZON_COGNITO_USER_POOLS'
  const rules = new Map<string, FieldRule>()
  for (const [coordinate, directives] of directivesByCoordinate(document)) {
    const rule = ruleOf(directives, single)
    if (rule.size > 0) rules.set(coordinate, rule)
  }
  const fallback: FieldRule = new Map([[defaultMode, null]])
  // Asked for every field of every item: the coordinate's text is put together once, not each time.
  const found = new Map<string, Map<string, FieldRule>>()
  const ruleOfField = (typeName: string, fieldName: string): FieldRule => {
    const ofType = found.get(typeName) ?? new Map<string, FieldRule>()
    const known = ofType.get(fieldName)
    if (known) return known
    const rule = rules.get(`${typeName}.${fieldName}`) ?? rules.get(typeName) ?? fallback
    found.set(typeName, ofType.set(fieldName, rule))
    return rule
  }
  return {
    allows(principal, typeName, fieldName) {
      const rule = ruleOfField(typeName, fieldName)
      const groups = rule.get(principal.mode)
      if (groups === undefined) return false
      if (principal.mode !== 'AMAZON_COGNITO_USER_POOLS') return true
      if (groups === null) return defaultAction === 'ALLOW'
      return principal.identity.groups?.some((group) => groups.includes(group)) ?? false
    },
  }
}

function ruleOf(directives: ConstDirectiveNode[], single: boolean): FieldRule {
  const rule = new Map<AuthMode, readonly string[] | null>()
  for (const directive of directives) {
    const name = directive.name.value
    if (NOT_EMULATED.has(name)) throw new NotImplemented(`AppSync directive @${name}`)
    const mode = MODE_OF_DIRECTIVE[name]
    if (mode === undefined || (name === 'aws_auth' && !single)) continue
    rule.set(mode, stringListArgument(directive, 'cognito_groups') ?? null)
  }
  return rule
}
