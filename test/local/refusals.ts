import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'

/** What makes the refusals: the class, and the functions that make one of its kind. */
const MAKERS = new Set(['NotImplemented', 'notEmulated'])

/** What stands in for the variable part of a refusal's text. */
export const VARIABLE = '…'

/** Where the local run refuses something by name, and with what words before "is not emulated". */
export interface Refusal {
  file: string
  text: string
}

/** Every refusal by name in the sources of the local run. @param root the project's folder */
export async function findRefusals(root: string): Promise<Refusal[]> {
  const files = (await readdir(join(root, 'local'), { recursive: true })).filter((file) => file.endsWith('.ts'))
  return files.sort().flatMap((file) => refusalsIn(root, file))
}

function refusalsIn(root: string, file: string): Refusal[] {
  const tree = ts.createSourceFile(file, readFileSync(join(root, 'local', file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Refusal[] = []
  const visit = (node: ts.Node): void => {
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && MAKERS.has(node.expression.getText())) {
      const text = node.arguments?.[0] && textOf(node.arguments[0])
      if (text !== undefined) found.push({ file, text })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** Undefined for what has no words of its own: an operation's name, say. */
function textOf(argument: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(argument)) return argument.text
  if (!ts.isTemplateExpression(argument)) return undefined
  const spans = argument.templateSpans.map(({ literal }) => VARIABLE + literal.text)
  const text = argument.head.text + spans.join('')
  // The logical id behind a text says where, not what.
  const said = text.replace(` (${VARIABLE})`, '')
  return /[A-Za-z]/.test(said) ? said : undefined
}
