import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FunctionBundle } from './functions.ts'
import { MAX_CODE_CHARACTERS } from '../../tools/appsync-js-check/limits.ts'
import type { ResolverBundle } from './resolvers.ts'

const BYTES_PER_KB = 1_000

/** A line a bundle: what it weighs, and of a resolver also how much of AppSync's limit it takes. */
export function sizeTable(functions: FunctionBundle[], resolvers: ResolverBundle[]): string {
  const rows = [
    ...functions.map(({ name, folder, byteSize }) => {
      const zipped = gzipSync(readFileSync(join(folder, 'index.js'))).byteLength
      return [`functions/${name}`, kilobytes(byteSize), `${kilobytes(zipped)} zipped`]
    }),
    ...resolvers.map(({ file, code }) => {
      const percent = Math.round((code.length / MAX_CODE_CHARACTERS) * 100)
      return [file.path.replace(/\.ts$/, ''), kilobytes(Buffer.byteLength(code)), `${percent} % of AppSync's limit`]
    }),
  ]
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map(([name = '', size = '', note = '']) =>
    `${name.padEnd(widths[0] ?? 0)}  ${size.padStart(widths[1] ?? 0)}  ${note}`).join('\n')
}

function kilobytes(bytes: number): string {
  return `${(bytes / BYTES_PER_KB).toFixed(1)} kB`
}
