import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const ENTRY = fileURLToPath(new URL('runtime/main.ts', import.meta.url))

/** The bundle, once it is made: every cloud of a process has the same. */
let bundle: Uint8Array | undefined

/**
 * Bundles what runs inside of execution environments: they are started by plain Node, with no loader of the run's own.
 * @returns path of the file
 */
export function buildRuntime(folder: string): string {
  bundle ??= buildSync({
    entryPoints: [ENTRY], bundle: true, platform: 'node', target: 'node20', format: 'cjs', write: false,
  }).outputFiles[0]!.contents
  const file = join(folder, 'runtime.cjs')
  writeFileSync(file, bundle)
  return file
}
