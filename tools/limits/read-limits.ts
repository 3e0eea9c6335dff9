import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

/** One exported constant of a file of limits. */
export interface Limit {
  name: string
  /** The constant itself. */
  value: unknown
  /** Its docstring without the source; of constants that share one docstring the first one's. */
  sentence: string
  /** Where the number comes from: its own, else that of the whole file; undefined for a decision of the project's. */
  source?: string
}

/** Files of limits, with what each section of the page is called. The first two are what people who upload meet. */
export const LIMIT_FILES = {
  'resolvers/lib/limits.ts': 'Uploads and lists',
  'functions/lib/picture-limits.ts': 'Pictures',
  'tools/appsync-js-check/limits.ts': 'Code of resolvers',
  'local/appsync/limits.ts': 'AppSync, as the local run holds to it',
  'local/appsync/runtime/limits.ts': 'Handlers of resolvers, as the local run holds to it',
  'local/cloudfront/limits.ts': 'CloudFront, as the local run holds to it',
  'local/cognito/limits.ts': 'Cognito, as the local run holds to it',
  'local/dynamodb/limits.ts': 'DynamoDB, as the local run holds to it',
  'local/lambda/limits.ts': 'Lambda, as the local run holds to it',
  'local/rekognition/limits.ts': 'Rekognition, as the local run holds to it',
  'local/s3/limits.ts': 'S3, as the local run holds to it',
  'local/sigv4/limits.ts': 'Signatures, as the local run holds to them',
  'local/sqs/limits.ts': 'SQS, as the local run holds to it',
} as const

export type LimitFile = keyof typeof LIMIT_FILES

/** Every exported constant of a file, in its order. @param root the project's folder */
export async function readLimits(root: string, file: LimitFile): Promise<Limit[]> {
  const path = join(root, file)
  const tree = ts.createSourceFile(file, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const values = (await import(pathToFileURL(path).href)) as Record<string, unknown>
  const fileSource = split(commentsOf(tree).find((comment) => comment.includes('Source')) ?? '').source
  const limits: Limit[] = []
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement) || !isExported(statement)) continue
    const own = ts.getJSDocCommentsAndTags(statement).map((doc) => textOf(doc.getText())).at(-1)
    for (const { name } of statement.declarationList.declarations) {
      const { sentence, source = fileSource } = own === undefined ? (limits.at(-1) ?? split('')) : split(own)
      limits.push({ name: name.getText(), value: values[name.getText()], sentence, ...(source && { source }) })
    }
  }
  return limits
}

function isExported(statement: ts.VariableStatement): boolean {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

/** A docstring of the file as a whole: one that a blank line separates from what follows. */
function commentsOf(tree: ts.SourceFile): string[] {
  const [first] = ts.getLeadingCommentRanges(tree.text, 0) ?? []
  if (!first || !/^\r?\n\r?\n/.test(tree.text.slice(first.end))) return []
  return [textOf(tree.text.slice(first.pos, first.end))]
}

/** A docstring as one line, without its stars. */
function textOf(comment: string): string {
  return comment
    .replace(/^\/\*\*?|\*\/$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const SOURCE = /\s*Source(?: where no other is named)?: (.*)$/

function split(text: string): { sentence: string; source?: string } {
  const source = SOURCE.exec(text)?.[1]?.replace(/\.$/, '')
  return { sentence: text.replace(SOURCE, ''), ...(source !== undefined && { source }) }
}
