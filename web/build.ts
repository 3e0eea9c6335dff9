import { copyFile, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { isUpToDate, stamp } from './up-to-date.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Where the pages are built to; `npm start` serves the `explorer` folder in it. */
export const PAGES_FOLDER = join(ROOT, '.build', 'pages')

/** What decides what a bundle holds, besides the files that are in it: these tell of versions and settings. */
const DECIDING_FILES = ['package-lock.json', 'tsconfig.json', 'web/build.ts', 'web/up-to-date.ts']

const PAGE = 'index.html'

/** How code for a browser is bundled: it needs nothing from anywhere but the folder it is served from. */
export const BROWSER_BUNDLE = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
} as const satisfies BuildOptions

/**
 * Bundles the explorer, unless the folder holds it already as it would be.
 * @param folder absolute path of the folder to build to
 */
export async function buildExplorer(folder: string): Promise<void> {
  const stampFile = `${folder}.stamp.json`
  if (await isUpToDate(stampFile)) return
  const begunEpochMs = Date.now()
  const source = join(ROOT, 'web', 'explorer')
  await mkdir(folder, { recursive: true })
  const { metafile } = await build({
    ...BROWSER_BUNDLE,
    entryPoints: [join(source, 'main.tsx')],
    outdir: folder,
    metafile: true,
  })
  await copyFile(join(source, PAGE), join(folder, PAGE))
  const absolute = (paths: string[]) => paths.map((path) => resolve(ROOT, path))
  await stamp(stampFile, {
    sources: [...absolute([...Object.keys(metafile.inputs), ...DECIDING_FILES]), join(source, PAGE)],
    results: [...absolute(Object.keys(metafile.outputs)), join(folder, PAGE)],
    begunEpochMs,
  })
}

if (process.argv[1] === import.meta.filename) await buildExplorer(join(PAGES_FOLDER, 'explorer'))
