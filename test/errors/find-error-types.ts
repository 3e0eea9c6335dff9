import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import * as limits from '../../resolvers/lib/limits.ts'

/** What stands for a part of a sentence that is only known when it is said. */
const UNKNOWN = '…'

const LIMITS: Readonly<Record<string, unknown>> = limits

const TYPE = "'ErrorType'"

/** What ends a resolver, or says what is wrong with one of several things, and the order of its arguments. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  'util.error': ['sentence', TYPE],
  refuse: [TYPE, 'sentence'],
}

/**
 * Every `errorType` that resolvers end with, and the sentences that go with it: the arguments of each `util.error`, and
 * of each `refuse`, whose refusal is an error of one of several things, or goes on to `util.error`.
 * @param folder of the resolvers
 * @returns sentences by type, with limits filled in and `…` for what the caller sent
 * @throws Error with file and line for a type or a sentence that is not written out
 */
export function findErrorTypes(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).sort()
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8')
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit)
      if (!ts.isCallExpression(node)) return
      const order = ORDERS[node.expression.getText()]
      if (!order || isRefusal(node)) return
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      const sentence = node.arguments[order.indexOf('sentence')]
      const errorType = node.arguments[order.indexOf(TYPE)]
      if (!sentence || !errorType || !ts.isStringLiteral(errorType)) {
        const expected = `${node.expression.getText()}(${order.join(', ')})`
        throw new Error(`resolvers/${name}:${line + 1}: expected ${expected}.`)
      }
      const sentences = found.get(errorType.text) ?? []
      found.set(errorType.text, [...new Set([...sentences, textOf(sentence)])])
    }
    visit(source)
  }
  return found
}

/** Whether what is passed on was made by `refuse`: `util.error(fault.message, fault.type)`. */
function isRefusal({ arguments: [message, type] }: ts.CallExpression): boolean {
  return !!message && !!type && ts.isPropertyAccessExpression(message) && ts.isPropertyAccessExpression(type)
    && message.name.text === 'message' && type.name.text === 'type'
    && message.expression.getText() === type.expression.getText()
}

function textOf(sentence: ts.Expression): string {
  if (ts.isBinaryExpression(sentence) && sentence.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return textOf(sentence.left) + textOf(sentence.right)
  }
  if (ts.isStringLiteral(sentence) || ts.isNoSubstitutionTemplateLiteral(sentence)) return sentence.text
  if (!ts.isTemplateExpression(sentence)) throw new Error(`expected a sentence, got ${sentence.getText()}.`)
  const parts = sentence.templateSpans.map(({ expression, literal }) => valueOf(expression) + literal.text)
  return [sentence.head.text, ...parts].join('')
}

/** A limit by its value, a list of limits by its members; all else is not known before. */
function valueOf(expression: ts.Expression): string {
  const name = /^[A-Z_]+/.exec(expression.getText())?.[0] ?? ''
  const value = LIMITS[name]
  if (value === undefined) return UNKNOWN
  return Array.isArray(value) ? value.join(', ') : String(value)
}
