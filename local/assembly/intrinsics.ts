import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'

/** What intrinsic functions ask of the template around them. */
export interface Scope {
  /** A resource's, parameter's or pseudo parameter's value; `NO_VALUE` for `AWS::NoValue`. */
  ref(name: string): unknown
  getAtt(logicalId: string, attribute: string): unknown
  condition(name: string): boolean
  findInMap(map: string, top: string, second: string): unknown
  availabilityZones(region: string): string[]
}

/** Stands for `AWS::NoValue`: whatever holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue')

type Intrinsic = (argument: unknown, scope: Scope) => unknown

/**
 * Resolves every intrinsic function in a template value.
 * @throws NotImplemented naming a function that is not in the table
 * @throws Error when a function's argument has the wrong form
 */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => resolveValue(entry, scope)).filter((entry) => entry !== NO_VALUE)
  }
  if (!isRecord(value)) return value
  const [name, ...others] = Object.keys(value)
  if (name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[name]
    if (!intrinsic) throw new NotImplemented(`The intrinsic function ${name}`)
    return intrinsic(value[name], scope)
  }
  const resolved: Record<string, unknown> = {}
  for (const [key, entry] of Object.entries(value)) {
    const result = resolveValue(entry, scope)
    if (result !== NO_VALUE) resolved[key] = result
  }
  return resolved
}

/** Resolves an expression of the `Conditions` section or within `Fn::If`. */
export function resolveCondition(expression: unknown, scope: Scope): boolean {
  if (isRecord(expression) && typeof expression.Condition === 'string') return scope.condition(expression.Condition)
  const result = resolveValue(expression, scope)
  if (typeof result !== 'boolean') throw new Error(`Expected a condition, got ${JSON.stringify(expression)}`)
  return result
}

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, scope) => scope.ref(text('Ref', argument)),

  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.')
    if (!logicalId || attribute.length === 0) throw wrong('Fn::GetAtt', '[logical id, attribute]', argument)
    return scope.getAtt(logicalId, attribute.join('.'))
  },

  'Fn::Sub': (argument, scope) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}]
    const own = isRecord(variables) ? variables : {}
    return text('Fn::Sub', template).replaceAll(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (name in own) return text('Fn::Sub', resolveValue(own[name], scope))
      const dot = name.indexOf('.')
      return text(whole, dot < 0 ? scope.ref(name) : scope.getAtt(name.slice(0, dot), name.slice(dot + 1)))
    })
  },

  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list('Fn::Join', argument)
    return list('Fn::Join', resolveValue(values, scope))
      .map((entry) => text('Fn::Join', entry))
      .join(text('Fn::Join', delimiter))
  },

  'Fn::Select': (argument, scope) => {
    const [index, values] = list('Fn::Select', argument)
    const chosen = list('Fn::Select', resolveValue(values, scope))[Number(resolveValue(index, scope))]
    if (chosen === undefined) throw wrong('Fn::Select', 'an index within the list', argument)
    return chosen
  },

  'Fn::Split': (argument, scope) => {
    const [delimiter, value] = list('Fn::Split', argument)
    return text('Fn::Split', resolveValue(value, scope)).split(text('Fn::Split', delimiter))
  },

  'Fn::FindInMap': (argument, scope) => {
    const [map, top, second] = list('Fn::FindInMap', argument).map((part) =>
      text('Fn::FindInMap', resolveValue(part, scope)),
    )
    if (map === undefined || top === undefined || second === undefined) {
      throw wrong('Fn::FindInMap', '[map, top-level key, second-level key]', argument)
    }
    return scope.findInMap(map, top, second)
  },

  'Fn::Base64': (argument, scope) => Buffer.from(text('Fn::Base64', resolveValue(argument, scope))).toString('base64'),

  'Fn::GetAZs': (argument, scope) => {
    const region = text('Fn::GetAZs', resolveValue(argument, scope))
    return scope.availabilityZones(region || text('AWS::Region', scope.ref('AWS::Region')))
  },

  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = list('Fn::If', argument)
    return resolveValue(scope.condition(text('Fn::If', condition)) ? then : otherwise, scope)
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list('Fn::Equals', argument).map((side) => resolveValue(side, scope))
    return String(left) === String(right)
  },
  'Fn::And': (argument, scope) => list('Fn::And', argument).every((part) => resolveCondition(part, scope)),
  'Fn::Or': (argument, scope) => list('Fn::Or', argument).some((part) => resolveCondition(part, scope)),
  'Fn::Not': (argument, scope) => !resolveCondition(list('Fn::Not', argument)[0], scope),
}

function text(where: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw wrong(where, 'a string', value)
}

function list(where: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(where, 'a list', value)
}

function wrong(where: string, expected: string, received: unknown): Error {
  return new Error(`${where} expects ${expected}, got ${JSON.stringify(received)}`)
}
