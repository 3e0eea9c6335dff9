/** Every rule, named for what it refuses. `AWS` knows the same refusals as `LINT_ERROR` or `PARSER_ERROR`. */
export type RuleName =
  | 'syntax'
  | 'code-size'
  | 'statement'
  | 'expression'
  | 'operator'
  | 'function-kind'
  | 'literal'
  | 'global'
  | 'member'
  | 'method'
  | 'import'
  | 'export'
  | 'context-assignment'
  | 'function-argument'
  | 'function-return'
  | 'function-reassignment'
  | 'recursion'

/** Something that AWS refuses, where it stands, and what to write instead. */
export interface Diagnostic {
  /** The TypeScript file, if a source map leads back to it; else the bundled file. */
  file: string
  /** From 1. */
  line: number
  /** From 1. */
  column: number
  rule: RuleName
  /** One sentence: what was expected and what was found. */
  message: string
  /** Where it stands in the bundled code: line from 1, column from 0, span in characters. */
  inCode: { line: number; column: number; span: number }
}

/** As compilers print it: `resolvers/Query.image.ts:12:3 no ...  [statement]`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, message, rule } = diagnostic
  return `${file}:${line}:${column} ${message} [${rule}]`
}
