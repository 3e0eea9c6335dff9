import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { errorsDocument } from './errors-document.ts'
import { findErrorTypes } from './find-error-types.ts'

/** Writes `docs/errors.md` anew. */
const root = resolve(import.meta.dirname, '../..')
const file = resolve(root, 'docs/errors.md')
await writeFile(file, errorsDocument(findErrorTypes(resolve(root, 'resolvers'))))
console.log(`Wrote ${file}`)
