import type { AnyNode, AssignmentExpression, ImportDeclaration, Program, UnaryExpression } from 'acorn'
import { MODULES } from './allowed-names.ts'
import { isFunction, keyOf, resolve, type Scopes } from './scope.ts'
import type { Report } from './syntax-rules.ts'

/** The two functions that AppSync calls. */
export const HANDLERS = ['request', 'response'] as const

/** Only AWS's own modules can be imported: everything else has to be bundled. */
export function checkImport(node: ImportDeclaration, report: Report): void {
  const module = String(node.source.value)
  const exported = Object.hasOwn(MODULES, module) ? MODULES[module] : undefined
  if (exported === undefined || exported === true) {
    return report(
      'import',
      node.source,
      `expected ${Object.keys(MODULES).join(' or ')}, got ${module}; bundle everything else`
    )
  }
  for (const specifier of node.specifiers) {
    if (specifier.type !== 'ImportSpecifier') continue
    const name = keyOf(specifier.imported)
    if (!Object.hasOwn(exported, name)) {
      report(
        'import',
        specifier,
        `expected one of ${module}'s exports (${Object.keys(exported).join(', ')}), got ${name}`
      )
    }
  }
}

/** What the program exports: exported name -> local name. */
function exportsOf(program: Program): Map<string, string> {
  const exported = new Map<string, string>()
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration') continue
    for (const specifier of statement.specifiers) exported.set(keyOf(specifier.exported), keyOf(specifier.local))
    const { declaration } = statement
    if (declaration?.type === 'FunctionDeclaration') exported.set(declaration.id.name, declaration.id.name)
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id } of declaration.declarations) if (id.type === 'Identifier') exported.set(id.name, id.name)
    }
  }
  return exported
}

/** Reports a handler that is missing, or no function. */
export function checkExports(program: Program, scopes: Scopes, report: Report): void {
  const exported = exportsOf(program)
  for (const handler of HANDLERS) {
    const local = exported.get(handler)
    const binding = local === undefined ? undefined : resolve(scopes, local, [program])
    if (!binding?.functionNode) {
      const found = local === undefined ? `only ${[...exported.keys()].join(', ') || 'none'}` : 'something else'
      report('export', program, `expected an exported function named ${handler}, got ${found}`)
    }
  }
}

/** The name by which a handler knows its context, for each function that AppSync calls. */
export function contextParameters(program: Program, scopes: Scopes): Map<AnyNode, string> {
  const parameters = new Map<AnyNode, string>()
  const exported = exportsOf(program)
  for (const handler of HANDLERS) {
    const local = exported.get(handler)
    const node = local === undefined ? undefined : resolve(scopes, local, [program])?.functionNode
    const [context] = node?.params ?? []
    if (node && context?.type === 'Identifier') parameters.set(node, context.name)
  }
  return parameters
}

/** `ctx = ...`, `ctx.stash = ...`, `delete ctx.args`: the context and what is directly in it can't be replaced. */
export function checkContextAssignment(
  node: AssignmentExpression | UnaryExpression,
  ancestors: readonly AnyNode[],
  contexts: Map<AnyNode, string>,
  scopes: Scopes,
  report: Report
): void {
  if (node.type === 'UnaryExpression' && node.operator !== 'delete') return
  const target = node.type === 'AssignmentExpression' ? node.left : node.argument
  const root = target.type === 'MemberExpression' ? target.object : target
  if (root.type !== 'Identifier') return
  const owner = [...ancestors].reverse().find((at) => scopes.get(at)?.has(root.name))
  if (!isFunction(owner) || contexts.get(owner) !== root.name) return
  const name = target.type === 'MemberExpression' ? `${root.name}.${keyOf(target.property)}` : root.name
  report(
    'context-assignment',
    target,
    `expected the context to stay as it is (its stash can be filled), got a new value for ${name}`
  )
}
