import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import { asBundleError, BundleError } from './bundle-error.ts'

/** One Lambda function, ready to be zipped. */
export interface FunctionBundle {
  /** Name of the file in `functions/`, without its ending. */
  name: string
  /** The folder that holds `index.js`, and nothing else. */
  folder: string
  byteSize: number
}

/**
 * The oldest Node that runs the bundles, so that the very same files run on AWS and on a laptop.
 * Source: package.json, "engines".
 */
const TARGET = 'node20'

/**
 * Provided by a layer, or by the project's own node_modules where there is no layer: native code and WebAssembly, which
 * can't be bundled.
 */
export const EXTERNAL = ['sharp', 'libheif-js']

/**
 * Bundles every `functions/<name>.ts` to `<outFolder>/functions/<name>/index.js`. The same sources give the same
 * bytes. Source maps lie beside, in `<outFolder>/maps/`, and are not deployed: reading one costs a cold start.
 * @param root the project's folder; names in the bundles are relative to it
 * @returns sorted by name
 * @throws BundleError
 */
export async function bundleFunctions(root: string, outFolder: string): Promise<FunctionBundle[]> {
  const names = (await readdir(join(root, 'functions'), { withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => basename(entry.name, '.ts'))
    .sort()
  if (names.length === 0) throw new BundleError(`expected a Lambda function in ${join(root, 'functions')}, found none.`)
  const files = await bundle(root, outFolder, names)
  const bundles: FunctionBundle[] = []
  for (const name of names) {
    const folder = join(outFolder, 'functions', name)
    const code = files.get(join(folder, 'index.js'))
    if (code) bundles.push({ name, folder, byteSize: code.byteLength })
  }
  for (const [path, contents] of files) {
    const target = path.endsWith('.map') ? join(outFolder, 'maps', `${basename(dirname(path))}.js.map`) : path
    await writeIfNew(target, contents)
  }
  return bundles
}

/** Leaves a file alone that already says the same: another run may be reading it. */
async function writeIfNew(path: string, contents: Uint8Array): Promise<void> {
  const old = await readFile(path).catch(() => undefined)
  if (old?.equals(contents)) return
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, contents)
}

async function bundle(root: string, outFolder: string, names: string[]): Promise<Map<string, Uint8Array>> {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, join('functions', `${name}.ts`)])),
      outdir: join(outFolder, 'functions'),
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: TARGET,
      mainFields: ['module', 'main'],
      external: EXTERNAL,
      minifyWhitespace: true,
      minifySyntax: true,
      keepNames: true,
      legalComments: 'none',
      sourcemap: 'external',
      sourcesContent: false,
      charset: 'utf8',
      logLevel: 'silent',
    })
    return new Map(outputFiles.map(({ path, contents }) => [path, contents]))
  } catch (error) {
    throw asBundleError(error)
  }
}
