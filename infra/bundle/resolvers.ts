import { join } from 'node:path'
import { build } from 'esbuild'
import { asBundleError } from './bundle-error.ts'
import type { ResolverFile } from './resolver-files.ts'

/** One file for AppSync, with all that it imports. */
export interface ResolverBundle {
  file: ResolverFile
  /** An ES module that imports `@aws-appsync/utils` alone; not minified, so that AWS's errors can be read. */
  code: string
  /** Source map, version 3, from `code` back to the files; it is not deployed. */
  sourceMap: string
}

/** What AppSync provides at run time. */
const EXTERNAL = ['@aws-appsync/utils', '@aws-appsync/utils/*']

/**
 * Bundles resolvers to one module each. The same sources give the same text.
 * @param root the project's folder; names in the bundles are relative to it
 * @throws BundleError
 */
export async function bundleResolvers(root: string, files: ResolverFile[]): Promise<ResolverBundle[]> {
  const outdir = join(root, 'resolvers')
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(files.map(({ name, path }) => [name, path])),
      outdir,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'esnext',
      external: EXTERNAL,
      legalComments: 'none',
      sourcemap: 'external',
      sourcesContent: false,
      charset: 'utf8',
      logLevel: 'silent',
    })
    const texts = new Map(outputFiles.map(({ path, text }) => [path, text]))
    return files.map((file) => ({
      file,
      code: texts.get(join(outdir, `${file.name}.js`)) ?? '',
      sourceMap: texts.get(join(outdir, `${file.name}.js.map`)) ?? '',
    }))
  } catch (error) {
    throw asBundleError(error)
  }
}
