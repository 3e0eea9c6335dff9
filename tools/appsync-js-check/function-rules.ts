import type { AnyNode, AssignmentExpression, CallExpression, VariableDeclarator } from 'acorn'
import { CALLBACK_METHODS } from './allowed-names.ts'
import { isFunction, keyOf, resolve, type FunctionNode, type Scopes } from './scope.ts'
import type { Report } from './syntax-rules.ts'

/** The function that an expression is, or that the name stands for. */
function functionBehind(node: AnyNode, ancestors: readonly AnyNode[], scopes: Scopes): FunctionNode | undefined {
  if (isFunction(node)) return node
  if (node.type !== 'Identifier') return undefined
  return resolve(scopes, node.name, ancestors)?.functionNode
}

/** A function may be given to an array's own methods, and to nothing else. */
export function checkFunctionArguments(
  call: CallExpression,
  ancestors: readonly AnyNode[],
  scopes: Scopes,
  report: Report
): void {
  const callee = call.callee.type === 'ChainExpression' ? call.callee.expression : call.callee
  const method = callee.type === 'MemberExpression' && !callee.computed ? keyOf(callee.property) : undefined
  if (method !== undefined && CALLBACK_METHODS.has(method)) return
  for (const argument of call.arguments) {
    if (!functionBehind(argument, ancestors, scopes)) continue
    const allowed = [...CALLBACK_METHODS].join(', ')
    report(
      'function-argument',
      argument,
      `expected a function only as argument of ${allowed}, got one for ${method ?? 'a function'}`
    )
  }
}

/** A function must not be what a function returns. */
export function checkReturn(
  value: AnyNode | null | undefined,
  ancestors: readonly AnyNode[],
  scopes: Scopes,
  report: Report
): void {
  if (value && functionBehind(value, ancestors, scopes)) {
    report('function-return', value, 'expected data to be returned, got a function')
  }
}

/** A function keeps the one name that it was declared by. */
export function checkReassignment(
  node: VariableDeclarator | AssignmentExpression,
  ancestors: readonly AnyNode[],
  scopes: Scopes,
  report: Report
): void {
  const value = node.type === 'VariableDeclarator' ? node.init : node.operator === '=' ? node.right : undefined
  if (value?.type === 'Identifier' && functionBehind(value, ancestors, scopes)) {
    report('function-reassignment', value, `expected ${value.name} to keep its one name, got another name for it`)
  }
}

/** Who calls whom, gathered over the whole program. */
export class CallGraph {
  private readonly calls = new Map<FunctionNode, { callee: FunctionNode; at: AnyNode }[]>()

  /** Notes a call, on behalf of every function around it: a callback's calls are its function's calls. */
  add(call: CallExpression, ancestors: readonly AnyNode[], scopes: Scopes): void {
    const callee = functionBehind(call.callee, ancestors, scopes)
    if (!callee) return
    for (const caller of ancestors.filter(isFunction)) {
      const known = this.calls.get(caller) ?? []
      known.push({ callee, at: call })
      this.calls.set(caller, known)
    }
  }

  /** Reports each call by which a function comes, directly or through others, to call itself. */
  checkRecursion(report: Report): void {
    const reported = new Set<AnyNode>()
    for (const [caller, calls] of this.calls) {
      for (const { callee, at } of calls) {
        if (reported.has(at) || !this.reaches(callee, caller, new Set())) continue
        reported.add(at)
        report('recursion', at, `expected no recursion, got a call by which ${nameOf(caller)} comes to call itself`)
      }
    }
  }

  private reaches(from: FunctionNode, target: FunctionNode, seen: Set<FunctionNode>): boolean {
    if (from === target) return true
    if (seen.has(from)) return false
    seen.add(from)
    return (this.calls.get(from) ?? []).some(({ callee }) => this.reaches(callee, target, seen))
  }
}

function nameOf(node: FunctionNode): string {
  return node.id ? node.id.name : 'the function'
}
