import type { AnyNode } from 'acorn'
import type { RuleName } from './diagnostic.ts'

/** Says that something is refused; `node` is where. */
export type Report = (rule: RuleName, node: AnyNode, message: string) => void

/** Every node type that APPSYNC_JS knows. What is not here is refused. Source: "Supported runtime features". */
const ALLOWED_NODES: ReadonlySet<AnyNode['type']> = new Set([
  'Program',
  'ImportDeclaration',
  'ImportSpecifier',
  'ImportNamespaceSpecifier',
  'ExportNamedDeclaration',
  'ExportSpecifier',
  'VariableDeclaration',
  'VariableDeclarator',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'BlockStatement',
  'ExpressionStatement',
  'EmptyStatement',
  'IfStatement',
  'ForInStatement',
  'ForOfStatement',
  'BreakStatement',
  'ReturnStatement',
  'SwitchStatement',
  'SwitchCase',
  'Identifier',
  'Literal',
  'TemplateLiteral',
  'TemplateElement',
  'TaggedTemplateExpression',
  'ObjectExpression',
  'Property',
  'ArrayExpression',
  'SpreadElement',
  'RestElement',
  'ObjectPattern',
  'ArrayPattern',
  'AssignmentPattern',
  'UnaryExpression',
  'BinaryExpression',
  'LogicalExpression',
  'AssignmentExpression',
  'ConditionalExpression',
  'CallExpression',
  'MemberExpression',
  'ChainExpression',
  'SequenceExpression',
  'ParenthesizedExpression',
])

/** For what is refused most: which rule, and what to write instead. */
const REFUSED_NODES: Partial<Record<AnyNode['type'], readonly [rule: RuleName, found: string, expected: string]>> = {
  ThrowStatement: ['statement', 'throw', 'util.error(message, errorType)'],
  TryStatement: ['statement', 'try', 'a check before the call; nothing that can be called here needs catching'],
  WhileStatement: ['statement', 'while', 'for-of or an array method'],
  DoWhileStatement: ['statement', 'do', 'for-of or an array method'],
  ForStatement: ['statement', 'for (;;)', 'for-of, for-in or an array method'],
  ContinueStatement: ['statement', 'continue', 'an if around the rest of the loop'],
  LabeledStatement: ['statement', 'a label', 'break without a label'],
  WithStatement: ['statement', 'with', 'the property itself'],
  DebuggerStatement: ['statement', 'debugger', 'console.log(...)'],
  ClassDeclaration: ['statement', 'class', 'functions and plain objects'],
  ClassExpression: ['expression', 'class', 'functions and plain objects'],
  NewExpression: ['expression', 'new', 'a literal, or util.time for dates'],
  ThisExpression: ['expression', 'this', 'a parameter'],
  AwaitExpression: ['expression', 'await', 'a pipeline of functions, one a data source'],
  YieldExpression: ['expression', 'yield', 'an array'],
  ImportExpression: ['import', 'import()', 'an import declaration'],
  MetaProperty: ['expression', 'import.meta or new.target', 'ctx.env'],
  ExportDefaultDeclaration: ['export', 'export default', 'the named exports request and response'],
  ExportAllDeclaration: ['export', 'export *', 'the named exports request and response'],
  ImportDefaultSpecifier: ['import', 'a default import', 'a named import'],
}

const REFUSED_OPERATORS: Record<string, string> = {
  '~': 'another arithmetic',
  in: 'Object.hasOwn(object, key)',
  instanceof: 'typeof',
}

/** The reasons, if any, for which this node alone is refused, whatever stands around it. */
export function checkSyntax(node: AnyNode, report: Report): void {
  const refused = REFUSED_NODES[node.type]
  if (refused) {
    const [rule, found, expected] = refused
    return report(rule, node, `expected ${expected}, got ${found}, which APPSYNC_JS does not support`)
  }
  switch (node.type) {
    case 'UpdateExpression':
      return report(
        'operator',
        node,
        `expected ${node.operator[0]}= 1, got ${node.operator}, which APPSYNC_JS does not support`
      )
    case 'UnaryExpression':
    case 'BinaryExpression': {
      const instead = REFUSED_OPERATORS[node.operator]
      if (!instead) return
      return report(
        'operator',
        node,
        `expected ${instead}, got the operator ${node.operator}, which APPSYNC_JS does not support`
      )
    }
    case 'Literal':
      if (node.regex) {
        return report(
          'literal',
          node,
          `expected util.matches(pattern, text), got the regular expression ${node.raw ?? ''}`
        )
      }
      if (node.bigint) return report('literal', node, `expected a number, got the BigInt ${node.raw ?? ''}`)
      return
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.async)
        report('function-kind', node, 'expected a plain function, got an async one; there are no promises here')
      if (node.generator) report('function-kind', node, 'expected a plain function, got a generator')
      return
    case 'Property':
      if (node.kind !== 'init') report('expression', node, `expected a plain property, got a ${node.kind}ter`)
      return
    case 'ForOfStatement':
      if (node.await) report('statement', node, 'expected for-of, got for await; there are no promises here')
      return
    default:
      if (!ALLOWED_NODES.has(node.type)) {
        report('expression', node, `expected syntax that APPSYNC_JS supports, got ${node.type}`)
      }
  }
}
