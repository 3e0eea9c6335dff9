import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { EXTERNAL } from '../../infra/bundle/functions.ts'

const ROOT = join(import.meta.dirname, '..', '..')

export const FUNCTION_NAMES = [
  'sign-upload', 'process-image', 'label-image', 'record-failure', 'expire-upload', 'remove-image', 'count-views',
] as const

/** Bundles the Lambda functions as they are deployed, into a new folder: `<name>.js`, CommonJS. */
export async function bundleFunctions(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-functions-'))
  // Whatever package.json lies above, Node reads the bundles as CommonJS.
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
  await build({
    entryPoints: FUNCTION_NAMES.map((name) => join(ROOT, 'functions', `${name}.ts`)),
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: EXTERNAL,
    minifyWhitespace: true,
    minifySyntax: true,
    keepNames: true,
  })
  return folder
}

/** The least that a bundle needs of a process: Node's own path, and where the layer's packages are found. */
export const BARE_ENVIRONMENT = {
  PATH: process.env.PATH,
  NODE_PATH: join(ROOT, 'node_modules'),
  NODE_NO_WARNINGS: '1',
}
