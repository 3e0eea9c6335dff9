import type { AnyNode, Identifier, Pattern, Program } from 'acorn'
import { ancestor } from 'acorn-walk'

/** Any way to write a function. */
export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>

/** A name that the code declares. */
export interface Binding {
  name: string
  kind: 'import' | 'function' | 'variable' | 'parameter'
  /** The function that the name stands for, when it is declared as one. */
  functionNode?: FunctionNode
  /** The object literal that a `const` or `var` was given. */
  objectKeys?: ReadonlySet<string>
  /** Of an import: the module, and the imported name; `*` for a namespace. */
  imported?: { module: string; name: string }
}

/** What each scope declares, by the node that opens it. */
export type Scopes = Map<AnyNode, Map<string, Binding>>

const opensScope = new Set([
  'Program',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'BlockStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'SwitchStatement',
  'CatchClause',
])

export function isFunction(node: AnyNode | null | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  )
}

/** The identifiers that a declaration's left side introduces. */
function declaredNames(pattern: Pattern): Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        declaredNames(property.type === 'RestElement' ? property.argument : property.value)
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? declaredNames(element) : []))
    case 'AssignmentPattern':
      return declaredNames(pattern.left)
    case 'RestElement':
      return declaredNames(pattern.argument)
    default:
      return []
  }
}

/** Finds every declaration of a program, `var` and functions hoisted as JavaScript does. */
export function findScopes(program: Program): Scopes {
  const scopes: Scopes = new Map()
  const declare = (scope: AnyNode, binding: Binding) => {
    const names = scopes.get(scope) ?? new Map<string, Binding>()
    names.set(binding.name, binding)
    scopes.set(scope, names)
  }
  const nearest = (ancestors: AnyNode[], test: (node: AnyNode) => boolean): AnyNode =>
    [...ancestors].reverse().find(test) ?? program
  const declareFunction = (node: FunctionNode, ancestors: AnyNode[]) => {
    for (const parameter of node.params) {
      for (const { name } of declaredNames(parameter)) declare(node, { name, kind: 'parameter' })
    }
    if (!node.id) return
    const owner =
      node.type === 'FunctionDeclaration' ? nearest(ancestors.slice(0, -1), (at) => opensScope.has(at.type)) : node
    declare(owner, { name: node.id.name, kind: 'function', functionNode: node })
  }
  ancestor(program, {
    ImportDeclaration(node) {
      for (const specifier of node.specifiers) {
        const imported =
          specifier.type === 'ImportNamespaceSpecifier'
            ? '*'
            : specifier.type === 'ImportDefaultSpecifier'
            ? 'default'
            : specifier.imported.type === 'Identifier'
            ? specifier.imported.name
            : String(specifier.imported.value)
        const module = String(node.source.value)
        declare(program, { name: specifier.local.name, kind: 'import', imported: { module, name: imported } })
      }
    },
    VariableDeclaration(node, _state, ancestors) {
      const outer = ancestors.slice(0, -1)
      const scope =
        node.kind === 'var'
          ? nearest(outer, (at) => isFunction(at) || at.type === 'Program')
          : nearest(outer, (at) => opensScope.has(at.type))
      for (const declarator of node.declarations) {
        const { id, init } = declarator
        const functionNode = id.type === 'Identifier' && isFunction(init) ? init : undefined
        const objectKeys =
          id.type === 'Identifier' && init?.type === 'ObjectExpression'
            ? new Set(
                init.properties.flatMap((property) => (property.type === 'Property' ? [keyOf(property.key)] : []))
              )
            : undefined
        for (const { name } of declaredNames(id)) {
          declare(scope, {
            name,
            kind: functionNode ? 'function' : 'variable',
            ...(functionNode ? { functionNode } : {}),
            ...(objectKeys ? { objectKeys } : {}),
          })
        }
      }
    },
    Function(_node, _state, ancestors) {
      const node = ancestors.at(-1)
      if (isFunction(node)) declareFunction(node, ancestors)
    },
  })
  return scopes
}

/** The name of a property that is not computed: `{name: ...}` or `{'name': ...}`. */
export function keyOf(key: AnyNode): string {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : ''
}

/** What a name means at a place: the innermost declaration, or undefined for a global. */
export function resolve(scopes: Scopes, name: string, ancestors: readonly AnyNode[]): Binding | undefined {
  for (let at = ancestors.length - 1; at >= 0; at -= 1) {
    const binding = scopes.get(ancestors[at] as AnyNode)?.get(name)
    if (binding) return binding
  }
  return undefined
}
