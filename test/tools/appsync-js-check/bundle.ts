import { buildSync } from 'esbuild'

/** Bundles TypeScript as it is bundled for the deploy, inline source map included. */
export function bundle(source: string, sourcefile = 'Query.sample.ts'): string {
  const { outputFiles } = buildSync({
    stdin: { contents: source, sourcefile, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/*'],
    sourcemap: 'inline',
    sourcesContent: false,
  })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild wrote no file')
  return file.text
}
