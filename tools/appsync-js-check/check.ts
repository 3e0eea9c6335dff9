import { parse, type AnyNode, type Program } from 'acorn'
import { ancestor, fullAncestor } from 'acorn-walk'
import type { Diagnostic } from './diagnostic.ts'
import { CallGraph, checkFunctionArguments, checkReassignment, checkReturn } from './function-rules.ts'
import { MAX_CODE_CHARACTERS } from './limits.ts'
import { checkContextAssignment, checkExports, checkImport, contextParameters } from './module-rules.ts'
import { checkMethod, checkName, checkProperty } from './name-rules.ts'
import { findScopes } from './scope.ts'
import { sourceFinder } from './source-position.ts'
import { checkSyntax, type Report } from './syntax-rules.ts'

export interface CheckOptions {
  /** Name of the bundled file. */
  fileName: string
  /** JSON of its source map; by default the inline one. */
  sourceMap?: string
  /** @default MAX_CODE_CHARACTERS */
  maxCodeCharacters?: number
}

/** The language version that the code is read as; everything newer than AWS knows is refused by name afterwards. */
const ECMA_VERSION = 'latest'

/**
 * Says what AWS would refuse in the code of a resolver or function, as it would be deployed: bundled, imports of AWS's
 * modules left in. A whitelist: what AWS does not document as supported is refused.
 * @returns one diagnostic for each finding, in the order of the code; empty when AWS would take it
 */
export function checkAppSyncJs(code: string, options: CheckOptions): Diagnostic[] {
  const { fileName, sourceMap, maxCodeCharacters = MAX_CODE_CHARACTERS } = options
  const diagnostics: Diagnostic[] = []
  const findSource = sourceFinder(code, fileName, sourceMap)
  const add = (rule: Diagnostic['rule'], line: number, column: number, span: number, message: string) => {
    diagnostics.push({ ...findSource(line, column), rule, message, inCode: { line, column, span } })
  }
  if (code.length > maxCodeCharacters) {
    const allowed = maxCodeCharacters.toLocaleString('en')
    const found = code.length.toLocaleString('en')
    add('code-size', 1, 0, -1, `expected at most ${allowed} characters of code, source map included, got ${found}`)
  }
  const program = parseModule(code, (line, column, message) => add('syntax', line, column, -1, message))
  if (!program) return diagnostics
  checkProgram(program, (rule, node, message) => {
    const { line, column } = node.loc?.start ?? { line: 1, column: 0 }
    add(rule, line, column, node.type === 'Program' ? -1 : node.end - node.start, message)
  })
  return diagnostics.sort((a, b) => a.inCode.line - b.inCode.line || a.inCode.column - b.inCode.column)
}

/** Parses an ES module; on a syntax error says where, and gives undefined. */
function parseModule(code: string, fail: (line: number, column: number, message: string) => void): Program | undefined {
  try {
    return parse(code, { ecmaVersion: ECMA_VERSION, sourceType: 'module', locations: true })
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('loc' in error)) throw error
    const { line, column } = error.loc as { line: number; column: number }
    fail(line, column, `expected an ES module, got a syntax error: ${error.message}`)
    return undefined
  }
}

function checkProgram(program: Program, report: Report): void {
  const scopes = findScopes(program)
  const contexts = contextParameters(program, scopes)
  const calls = new CallGraph()
  const reported = new Set<AnyNode>()
  fullAncestor(program, (node) => {
    // acorn-walk comes twice to a node that is both, e.g., a Pattern and an Identifier.
    if (reported.has(node)) return
    reported.add(node)
    checkSyntax(node, report)
  })
  ancestor(program, {
    ImportDeclaration: (node) => checkImport(node, report),
    Identifier: (node, _state, ancestors) => checkName(node, ancestors, scopes, report),
    MemberExpression: (node) => checkProperty(node, report),
    CallExpression(node, _state, ancestors) {
      checkMethod(node, ancestors, scopes, report)
      checkFunctionArguments(node, ancestors, scopes, report)
      calls.add(node, ancestors, scopes)
    },
    ReturnStatement: (node, _state, ancestors) => checkReturn(node.argument, ancestors, scopes, report),
    ArrowFunctionExpression(node, _state, ancestors) {
      if (node.expression) checkReturn(node.body, ancestors, scopes, report)
    },
    VariableDeclarator: (node, _state, ancestors) => checkReassignment(node, ancestors, scopes, report),
    AssignmentExpression(node, _state, ancestors) {
      checkReassignment(node, ancestors, scopes, report)
      checkContextAssignment(node, ancestors, contexts, scopes, report)
      if (node.left.type === 'Identifier') checkName(node.left, [...ancestors, node.left], scopes, report)
    },
    UnaryExpression: (node, _state, ancestors) => checkContextAssignment(node, ancestors, contexts, scopes, report),
  })
  calls.checkRecursion(report)
  checkExports(program, scopes, report)
}
