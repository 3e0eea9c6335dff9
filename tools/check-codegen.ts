import { readFile } from 'node:fs/promises'
import { generate } from '@graphql-codegen/cli'
import config from '../codegen.ts'

/** Fails when a generated file is not what `npm run codegen` would write now. */
const outputs = (await generate({ ...config, silent: true, errorsOnly: true }, false)) as { filename: string; content: string }[]
const stale: string[] = []
for (const { filename, content } of outputs) {
  const present = await readFile(filename, 'utf8').catch(() => '')
  if (present.trim() !== content.trim()) stale.push(filename)
}
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. The schema or an operation has changed since; run \`npm run codegen\`.`)
  process.exitCode = 1
}
