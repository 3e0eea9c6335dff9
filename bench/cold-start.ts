import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { FunctionBundle } from '../infra/bundle/functions.ts'
import { ROOT, synthesize } from '../infra/synth.ts'
import { readAssembly } from '../local/assembly/read-assembly.ts'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { lambdaFunction, NOWHERE, PLACE, variablesOf } from './local-api.ts'
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

/** Set by Lambda; the functions' own variables are those of the stack. Nothing is called. */
const SET_BY_LAMBDA = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: PLACE.region,
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SESSION_TOKEN: 'none',
  // The tracer does nothing without.
  LAMBDA_TASK_ROOT: '/var/task',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
  // Lambda's Node is newer than may be installed here, and the SDK need not say so each time.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
}

/** Prints what it takes from `require` to the handler. */
const TIMED_REQUIRE = `const cpuBefore = process.cpuUsage()
const before = performance.now()
const { handler } = require(process.argv[1])
const ms = performance.now() - before
const { user, system } = process.cpuUsage(cpuBefore)
if (typeof handler !== 'function') throw new TypeError('expected a handler, got ' + typeof handler)
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000 }))
process.exit()`

/** One start of a function. */
interface Start {
  ms: number
  cpuMs: number
}

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
    const assemblyDir = join(folder, 'assembly')
    const { functions: bundles } = await synthesize({ out: assemblyDir })
    const { resources } = readAssembly(assemblyDir, { ...PLACE, endpoints: { ...NOWHERE, appsync: NOWHERE.aws } })
    await compileUnbundled(bundles, folder)
    const rows: string[][] = []
    for (const bundle of bundles) {
      const variables = variablesOf(lambdaFunction(resources, bundle.name).properties)
      rows.push(...await measure(bundle, folder, rounds, { ...SET_BY_LAMBDA, ...variables }))
    }
    yield table(['function', 'form', 'start ms', 'CPU ms', 'CPU of bundled', 'code kB', 'zipped kB'], rows)
    yield ''
    const sharpMs = (await sharpAlone(rounds)).toFixed(0)
    yield `sharp alone: ${sharpMs} CPU ms. It is native and comes in a layer: both forms of process-image load it.`
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

type Variables = Record<string, string>

async function measure(
  { name, folder: bundled }: FunctionBundle,
  folder: string,
  rounds: number,
  variables: Variables,
): Promise<string[][]> {
  const files: Record<Form, string> = {
    bundled: join(bundled, 'index.js'),
    unbundled: join(folder, 'unbundled', `${name}.js`),
  }
  const measured = await alternate(FORMS, rounds, (form) => start(TIMED_REQUIRE, files[form], variables))
  const cpuMs = (form: Form): number => median(measured.get(form)!.map((one) => one.cpuMs))
  const code = await readFile(files.bundled)
  return FORMS.map((form, index) => [
    index === 0 ? name : '',
    form,
    median(measured.get(form)!.map(({ ms }) => ms)).toFixed(0),
    cpuMs(form).toFixed(0),
    (cpuMs(form) / cpuMs('bundled')).toFixed(2),
    form === 'bundled' ? kilobytes(code.length) : '',
    form === 'bundled' ? kilobytes(gzipSync(code).length) : '',
  ])
}

/** What of the start of `process-image` no bundle can save, in CPU milliseconds. */
async function sharpAlone(rounds: number): Promise<number> {
  const script = TIMED_REQUIRE.replace('{ handler }', 'handler')
  const sharp = join(ROOT, 'node_modules', 'sharp')
  const measured = await alternate(['sharp'], rounds, () => start(script, sharp, SET_BY_LAMBDA))
  return median(measured.get('sharp')!.map(({ cpuMs }) => cpuMs))
}

/** @throws Error with what the process said when it could not load the function */
async function start(script: string, file: string, env: Variables): Promise<Start> {
  const { stdout } = await run(process.execPath, ['-e', script, file], { env })
  return JSON.parse(stdout) as Start
}

function kilobytes(bytes: number): string {
  return (bytes / BYTES_PER_KB).toFixed(0)
}
