import { copyFile, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

/** Where the pages are built to; `npm start` serves this folder. */
export const PAGES_FOLDER = resolve(import.meta.dirname, '..', '.build', 'pages')

/** Bundles the explorer, so that it needs nothing from anywhere but the folder it is served from. */
export async function buildPages(): Promise<void> {
  const source = join(import.meta.dirname, 'explorer')
  const target = join(PAGES_FOLDER, 'explorer')
  await mkdir(target, { recursive: true })
  await build({
    entryPoints: [join(source, 'main.tsx')],
    outdir: target,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  await copyFile(join(source, 'index.html'), join(target, 'index.html'))
}

if (process.argv[1] === import.meta.filename) await buildPages()
