import { parse, type AnyNode, type ImportDeclaration, type Program } from 'acorn'
import { simple } from 'acorn-walk'
import { keyOf } from '../../../tools/appsync-js-check/scope.ts'
import { MAX_LOOP_ITERATIONS } from './limits.ts'

/** Names that instrumented code is given beside its globals. */
export const IMPORT_NAME = '$import'
export const TURN_NAME = '$turn'

/** How many turns of a loop go by between two looks at the clock. */
const TURNS_PER_DEADLINE_CHECK = 128

/** Replaces the characters from `start` to `end`; what closes a node stands before what opens at the same place. */
interface Edit {
  start: number
  end: number
  text: string
  closes?: true
}

/** `import {a as b} from 'm'` as `const {a: b} = $import("m")`; on one line, so that later lines keep their numbers. */
function importAsConst(node: ImportDeclaration, code: string): string {
  const module = `${IMPORT_NAME}(${JSON.stringify(node.source.value)})`
  const declarations = node.specifiers.map((specifier) => {
    const name = specifier.local.name
    if (specifier.type === 'ImportSpecifier')
      return `{${JSON.stringify(keyOf(specifier.imported))}: ${name}} = ${module}`
    return `${name} = ${module}`
  })
  const lines = code.slice(node.start, node.end).split('\n').length - 1
  return (declarations.length > 0 ? `const ${declarations.join(', ')};` : '') + '\n'.repeat(lines)
}

/** Exports as plain declarations; gives the exported names with the local ones. */
function unexport(program: Program, code: string, edits: Edit[]): [exported: string, local: string][] {
  const names: [string, string][] = []
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration')
      edits.push({ start: node.start, end: node.end, text: importAsConst(node, code) })
    if (node.type !== 'ExportNamedDeclaration') continue
    const { declaration } = node
    if (declaration) {
      edits.push({ start: node.start, end: declaration.start, text: '' })
      const ids =
        declaration.type === 'VariableDeclaration' ? declaration.declarations.map(({ id }) => id) : [declaration.id]
      for (const id of ids) if (id?.type === 'Identifier') names.push([id.name, id.name])
    } else {
      const lines = code.slice(node.start, node.end).split('\n').length - 1
      edits.push({ start: node.start, end: node.end, text: '\n'.repeat(lines) })
      for (const { exported, local } of node.specifiers) names.push([keyOf(exported), keyOf(local)])
    }
  }
  return names
}

/** Counts the turns of each execution of a loop, and looks at the clock now and then. */
function countTurns(program: Program, edits: Edit[]): void {
  const isDue = `++$turns > ${MAX_LOOP_ITERATIONS} || $turns % ${TURNS_PER_DEADLINE_CHECK} === 0`
  const count = `if (${isDue}) ${TURN_NAME}($turns); `
  const instrumentLoop = (loop: AnyNode, body: AnyNode) => {
    edits.push({ start: loop.start, end: loop.start, text: '{ let $turns = 0; ' })
    edits.push({ start: body.start, end: body.start, text: `{ ${count}` })
    edits.push({ start: body.end, end: body.end, text: ' } }', closes: true })
  }
  simple(program, {
    ForOfStatement: (node) => instrumentLoop(node, node.body),
    ForInStatement: (node) => instrumentLoop(node, node.body),
  })
}

/**
 * Applies edits from the end to the start. At one place what is applied later stands first: outer loops, which the walk
 * comes to last, before inner ones, and what closes before what opens.
 */
function apply(code: string, edits: readonly Edit[]): string {
  const rank = ({ closes }: Edit) => (closes ? 1 : 0)
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => b.edit.start - a.edit.start || rank(a.edit) - rank(b.edit) || a.index - b.index)
  return ordered.reduce((text, { edit }) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code)
}

/**
 * An ES module as the body of a function that returns its exports, with loops that count.
 * @param code that `checkAppSyncJs` found nothing wrong with
 */
export function instrument(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
  const edits: Edit[] = []
  const names = unexport(program, code, edits)
  countTurns(program, edits)
  const exported = names.map(([name, local]) => `${JSON.stringify(name)}: ${local}`)
  return `${apply(code, edits)}\nreturn {${exported.join(', ')}};`
}
