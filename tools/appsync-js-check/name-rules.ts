import type { AnyNode, CallExpression, Identifier, MemberExpression } from 'acorn'
import {
  ALLOWED_METHODS,
  BUILT_IN_METHODS,
  MACHINERY_PROPERTIES,
  MODULES,
  OBJECT_GLOBALS,
  VALUE_GLOBALS,
  type Members,
} from './allowed-names.ts'
import { keyOf, resolve, type Binding, type Scopes } from './scope.ts'
import type { Report } from './syntax-rules.ts'

const list = (members: Members) => Object.keys(members).join(', ')

/** The member expression of which the node at this depth is the object, or undefined. */
function memberAbove(node: AnyNode, ancestors: readonly AnyNode[], depth: number): MemberExpression | undefined {
  const parent = ancestors[depth - 1]
  return parent?.type === 'MemberExpression' && parent.object === node ? parent : undefined
}

/** Follows `a.b.c` down the listed members; says which name is not among them. */
function checkMembers(path: string, members: Members, ancestors: readonly AnyNode[], report: Report): void {
  let below = members
  let name = path
  let depth = ancestors.length - 1
  let node = ancestors[depth] as AnyNode
  for (;;) {
    const member = memberAbove(node, ancestors, depth)
    if (!member)
      return report('member', node, `expected one of ${name}'s members (${list(below)}), got ${name} as a value`)
    const key = member.computed ? undefined : keyOf(member.property)
    const found = key === undefined || !Object.hasOwn(below, key) ? undefined : below[key]
    if (found === undefined) {
      return report(
        'member',
        member.property,
        `expected one of ${name}'s members (${list(below)}), got ${name}.${key ?? '[...]'}`
      )
    }
    if (found === true) return
    name = `${name}.${key}`
    below = found
    node = member
    depth -= 1
  }
}

/** Members behind an imported name; undefined when it is a plain function. */
function importedMembers({ module, name }: NonNullable<Binding['imported']>): Members | undefined {
  const exported = MODULES[module]
  if (exported === undefined || exported === true) return undefined
  if (name === '*') return exported
  const found = exported[name]
  return found === true ? undefined : found
}

/** A name that is read, written or called: declared by the code, or one of APPSYNC_JS's own. */
export function checkName(node: Identifier, ancestors: readonly AnyNode[], scopes: Scopes, report: Report): void {
  const binding = resolve(scopes, node.name, ancestors)
  if (binding) {
    const members = binding.imported && importedMembers(binding.imported)
    if (members) checkMembers(node.name, members, ancestors, report)
    return
  }
  if (VALUE_GLOBALS.has(node.name)) return
  const members = Object.hasOwn(OBJECT_GLOBALS, node.name) ? OBJECT_GLOBALS[node.name] : undefined
  if (members !== undefined && members !== true) return checkMembers(node.name, members, ancestors, report)
  const names = [...VALUE_GLOBALS, ...Object.keys(OBJECT_GLOBALS)].join(', ')
  report('global', node, `expected a declared name or a global of APPSYNC_JS (${names}), got ${node.name}`)
}

/** True when the object is a name of which the code or AWS says what members it has. */
function hasListedMembers(object: AnyNode, property: string, ancestors: readonly AnyNode[], scopes: Scopes): boolean {
  if (object.type === 'MemberExpression') return hasListedMembers(object.object, property, ancestors, scopes)
  if (object.type !== 'Identifier') return false
  const binding = resolve(scopes, object.name, ancestors)
  if (!binding) return Object.hasOwn(OBJECT_GLOBALS, object.name)
  return binding.kind === 'import' || (binding.objectKeys?.has(property) ?? false)
}

/** A method of a string, an array or another value: AWS offers only some of JavaScript's. */
export function checkMethod(call: CallExpression, ancestors: readonly AnyNode[], scopes: Scopes, report: Report): void {
  const callee = call.callee.type === 'ChainExpression' ? call.callee.expression : call.callee
  if (callee.type !== 'MemberExpression' || callee.computed) return
  const name = keyOf(callee.property)
  if (hasListedMembers(callee.object, name, ancestors, scopes)) return
  if (name === 'sort' && call.arguments.length > 0) {
    return report('method', callee.property, `expected sort(), got sort with ${call.arguments.length} argument(s)`)
  }
  if (ALLOWED_METHODS.has(name) || !BUILT_IN_METHODS.has(name)) return
  const methods = [...ALLOWED_METHODS].join(', ')
  report('method', callee.property, `expected a method that APPSYNC_JS supports (${methods}), got ${name}`)
}

/** `constructor`, `__proto__` and their like: a way around every list above. */
export function checkProperty(node: MemberExpression, report: Report): void {
  const name = node.computed && node.property.type !== 'Literal' ? undefined : keyOf(node.property)
  if (name !== undefined && MACHINERY_PROPERTIES.has(name)) {
    report('member', node.property, `expected a property of the data, got ${name}`)
  }
}
