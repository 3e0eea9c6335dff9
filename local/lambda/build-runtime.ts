import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const ENTRY = fileURLToPath(new URL('runtime/main.ts', import.meta.url))

/**
 * Bundles what runs inside of execution environments: they are started by plain Node, with no loader of the run's own.
 * @returns path of the file
 */
export function buildRuntime(folder: string): string {
  const outfile = join(folder, 'runtime.cjs')
  buildSync({ entryPoints: [ENTRY], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs' })
  return outfile
}
