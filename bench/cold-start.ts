import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { bundleFunctions, type FunctionBundle } from '../infra/bundle/functions.ts'
import { ROOT } from '../infra/synth.ts'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { median } from './median.ts'
import { table } from './table.ts'

/**
 * What runs of a Lambda function before its first event: reading the code, and everything at its top level. Each
 * start is a fresh process, and the clock runs from `require` to the handler. Unbundled: the same file compiled alone,
 * with every package read from node_modules. Files are in the system's cache after the first round, as they are not
 * on AWS: there, fetching and unzipping come on top, by size.
 */
export const question = 'how long do the Lambda functions take to start, bundled and not?'

const DEFAULT_ROUNDS = 11
const BYTES_PER_KB = 1_000
const FORMS = ['bundled', 'unbundled'] as const
type Form = (typeof FORMS)[number]

/** Names that the functions ask for at their start; nothing is called. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SESSION_TOKEN: 'none',
  ORIGINALS_BUCKET: 'originals',
  MEDIA_BUCKET: 'media',
  GRAPHQL_URL: 'https://api.example/graphql',
  EXPIRY_QUEUE_URL: 'https://queue.example/expiry',
  FAILED_QUEUE_URL: 'https://queue.example/failed',
  POWERTOOLS_DEV: 'false',
  POWERTOOLS_SERVICE_NAME: 'bench',
  POWERTOOLS_METRICS_NAMESPACE: 'bench',
  // Set by Lambda; the tracer does nothing without.
  LAMBDA_TASK_ROOT: '/var/task',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
}

/** Prints milliseconds from `require` to the handler. */
const TIMED_REQUIRE = `const before = performance.now()
const { handler } = require(process.argv[1])
const ms = performance.now() - before
process.stdout.write(typeof handler === 'function' ? String(ms) : 'no handler')
process.exit()`

const run = promisify(execFile)

export async function* bench({ rounds = DEFAULT_ROUNDS }: BenchOptions): AsyncGenerator<string> {
  yield* conditions(['esbuild', 'sharp', '@aws-sdk/client-s3'])
  yield `task      ${rounds} fresh processes each in turns, after one that does not count; medians`
  yield ''
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-bench-'))
  try {
    // As Lambda has it: `.js` is CommonJS, whatever lies around the temporary folder.
    await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    const bundles = await bundleFunctions(ROOT, folder)
    await compileUnbundled(bundles, folder)
    const rows: string[][] = []
    for (const bundle of bundles) rows.push(...await measure(bundle, folder, rounds))
    yield table(['function', 'form', 'start ms', 'least', 'of bundled', 'code kB', 'zipped kB'], rows)
    yield ''
    const sharpMs = (await sharpAlone(rounds)).toFixed(0)
    yield `sharp alone: ${sharpMs} ms. It is native and comes in a layer: both forms of process-image load it.`
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** One file a function, its own code only: every package stays an import. */
async function compileUnbundled(bundles: FunctionBundle[], folder: string): Promise<void> {
  await mkdir(join(folder, 'unbundled'))
  await build({
    absWorkingDir: ROOT,
    entryPoints: bundles.map(({ name }) => join('functions', `${name}.ts`)),
    outdir: join(folder, 'unbundled'),
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  })
}

async function measure({ name, folder: bundled }: FunctionBundle, folder: string, rounds: number): Promise<string[][]> {
  const files: Record<Form, string> = {
    bundled: join(bundled, 'index.js'),
    unbundled: join(folder, 'unbundled', `${name}.js`),
  }
  const measured = await alternate(FORMS, rounds, (form) => startMs(TIMED_REQUIRE, files[form]))
  const base = median(measured.get('bundled') ?? [])
  return Promise.all(FORMS.map(async (form, index) => {
    const starts = measured.get(form) ?? []
    const code = form === 'bundled' ? await readFile(files.bundled) : undefined
    return [
      index === 0 ? name : '',
      form,
      median(starts).toFixed(0),
      Math.min(...starts).toFixed(0),
      (median(starts) / base).toFixed(2),
      code ? kilobytes((await stat(files.bundled)).size) : '',
      code ? kilobytes(gzipSync(code).length) : '',
    ]
  }))
}

async function sharpAlone(rounds: number): Promise<number> {
  const script = TIMED_REQUIRE.replace('{ handler }', 'handler')
  const measured = await alternate(['sharp'], rounds, () => startMs(script, join(ROOT, 'node_modules', 'sharp')))
  return median(measured.get('sharp') ?? [])
}

/** @throws Error when the function can't be loaded */
async function startMs(script: string, file: string): Promise<number> {
  const env = { PATH: process.env.PATH, ...ENVIRONMENT }
  const { stdout } = await run(process.execPath, ['-e', script, file], { env })
  if (!Number.isFinite(Number(stdout))) throw new Error(`expected a handler in ${file}, got ${stdout}`)
  return Number(stdout)
}

function kilobytes(bytes: number): string {
  return (bytes / BYTES_PER_KB).toFixed(0)
}
