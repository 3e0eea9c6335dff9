import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LIMITS_PAGE, limitsPage } from './limits-page.ts'

/** Writes docs/limits.md anew. */
const ROOT = resolve(import.meta.dirname, '../..')

await writeFile(resolve(ROOT, LIMITS_PAGE), await limitsPage(ROOT))
console.log(`Wrote ${LIMITS_PAGE}.`)
