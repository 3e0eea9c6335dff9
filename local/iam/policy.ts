import type { Caller, PolicyDocument } from '../aws/caller.ts'
import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import { compileConditions, type CompiledCondition } from './conditions.ts'
import { compileWildcard } from './wildcard.ts'

type Match = (value: string) => boolean

/** How a statement's principal fits a caller: by name, or only as a member of the account. */
export type PrincipalMatch = 'named' | 'account' | undefined

/** One statement, ready to be asked. */
export interface CompiledStatement {
  effect: 'Allow' | 'Deny'
  action: Match
  resource: Match
  conditions: CompiledCondition
  /** Undefined in identity policies, whose principal is whoever holds them. */
  principal?: (caller: Caller) => PrincipalMatch
}

const compiled = new WeakMap<PolicyDocument, CompiledStatement[]>()

/** Members of a statement; any other is refused, since ignoring it could open a door. */
const STATEMENT_MEMBERS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'Condition',
])

/**
 * Compiles a policy once; the same document gives the same statements.
 * @throws NotImplemented naming the element, operator or variable that is not evaluated
 */
export function compilePolicy(document: PolicyDocument): CompiledStatement[] {
  let statements = compiled.get(document)
  if (!statements) {
    statements = [document.Statement].flat().map(compileStatement)
    compiled.set(document, statements)
  }
  return statements
}

function compileStatement(statement: unknown): CompiledStatement {
  if (!isRecord(statement)) throw new NotImplemented(`A policy statement of the form ${JSON.stringify(statement)}`)
  for (const member of Object.keys(statement)) {
    if (!STATEMENT_MEMBERS.has(member)) throw new NotImplemented(`The policy element ${member}`)
  }
  const { Effect: effect } = statement
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new NotImplemented(`The policy effect ${JSON.stringify(effect)}`)
  }
  return {
    effect,
    action: compileElement(statement, 'Action', true),
    resource: compileElement(statement, 'Resource', false),
    conditions: compileConditions(statement.Condition),
    ...(statement.Principal === undefined ? {} : { principal: compilePrincipal(statement.Principal) }),
  }
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. Without either, a trust policy's resource: itself. */
function compileElement(statement: Record<string, unknown>, name: 'Action' | 'Resource', ignoreCase: boolean): Match {
  const wanted = statement[name]
  const unwanted = statement[`Not${name}`]
  if (wanted === undefined && unwanted === undefined) {
    if (name === 'Resource') return () => true
    throw new NotImplemented('A policy statement without Action')
  }
  const patterns = [wanted ?? unwanted].flat().map((pattern) => compileWildcard(String(pattern), { ignoreCase }))
  const matches: Match = (value) => patterns.some((pattern) => pattern(value))
  return wanted === undefined ? (value) => !matches(value) : matches
}

const ACCOUNT_PRINCIPAL = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/

function compilePrincipal(principal: unknown): (caller: Caller) => PrincipalMatch {
  if (principal === '*') return () => 'named'
  if (!isRecord(principal)) throw new NotImplemented(`The principal ${JSON.stringify(principal)}`)
  const tests = Object.entries(principal).flatMap(([kind, values]) =>
    [values].flat().map((value) => compilePrincipalName(kind, String(value))),
  )
  return (caller) => {
    const matches = tests.map((test) => test(caller))
    return matches.includes('named') ? 'named' : matches.includes('account') ? 'account' : undefined
  }
}

function compilePrincipalName(kind: string, name: string): (caller: Caller) => PrincipalMatch {
  if (kind === 'Service') {
    return (caller) => (caller.kind === 'service' && caller.service === name ? 'named' : undefined)
  }
  if (kind !== 'AWS') throw new NotImplemented(`The principal type ${kind}`)
  if (name === '*') return () => 'named'
  const account = ACCOUNT_PRINCIPAL.exec(name)?.[1]
  return (caller) => {
    if (caller.kind !== 'role' && caller.kind !== 'operator') return undefined
    if (caller.arn === name) return 'named'
    return account !== undefined && caller.arn.split(':')[4] === account ? 'account' : undefined
  }
}
