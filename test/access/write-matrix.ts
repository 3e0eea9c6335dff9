import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { matrixDocument } from './matrix-document.ts'

/** Writes `docs/access.md` anew. */
const file = resolve(import.meta.dirname, '../../docs/access.md')
await writeFile(file, matrixDocument())
console.log(`Wrote ${file}`)
