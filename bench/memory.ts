import { symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { bundleFunctions } from '../infra/bundle/functions.ts'
import { ROOT, synthesize } from '../infra/synth.ts'
import { readAssembly } from '../local/assembly/read-assembly.ts'
import { endpointEnvironment } from '../local/endpoint-environment.ts'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { close, lambdaFunction, NOWHERE, originOf, PLACE, variablesOf } from './local-api.ts'
import { median } from './median.ts'
import { NoCpuShares } from './memory/cpu-share.ts'
import {
  startEnvironment, VCPU_MEMORY_MIB, writeRuntime, type Environment, type Invocation,
} from './memory/environment.ts'
import { startStandIns } from './memory/stand-ins.ts'
import { findPhotos, type Photo } from './photos.ts'
import { table } from './table.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/**
 * `process-image` as deployed, one process a memory size, each held by the kernel to the share of a processor that
 * Lambda gives that size. S3, Rekognition and AppSync answer at once from another process.
 */
export const question = 'how much memory should process-image have?'

const DEFAULT_ROUNDS = 5
const DEFAULT_MOST = 4
/** From what the memory itself allows, see docs/limits.md, to two processors, in MiB. */
const MEMORY_SIZES_MIB = [512, 768, 1_024, 1_280, 1_536, VCPU_MEMORY_MIB, 2_048, 2_654, 2 * VCPU_MEMORY_MIB]
const FUNCTION = 'process-image'
const MIB_PER_GIB = 1_024
const MS_PER_S = 1_000
const KIB_PER_MIB = 1_024
const PERCENT = 100

/** Set by Lambda; the functions read them, or what they are made of does. */
const SET_BY_LAMBDA = {
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_SESSION_TOKEN: 'none',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: FUNCTION,
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
}

/** What a memory size came to, in the mean of the photographs. */
interface Figures {
  memoryMib: number
  /** Of each photograph the least: whatever else the machine does can only add to it. */
  ms: number
  /** Of each photograph the median. */
  cpuMs: number
  throttled: number
  peakRssMib: number
}

export async function* bench(options: BenchOptions): AsyncGenerator<string> {
  const { rounds = DEFAULT_ROUNDS, most = DEFAULT_MOST } = options
  const photos = await findPhotos(options.photos, most)
  yield* conditions(['sharp', '@aws-sdk/client-s3', '@aws-sdk/client-rekognition'])
  yield `task      ${photos.length} photographs, ${rounds} rounds each in turns, after one that does not count`
  yield ''
  try {
    yield* withTemporaryFolder((folder) => compare(folder, photos, rounds))
  } catch (error) {
    if (!(error instanceof NoCpuShares)) throw error
    yield `left out: ${error.message}`
  }
}

async function* compare(folder: string, photos: Photo[], rounds: number): AsyncGenerator<string> {
  const server = await startStandIns(photos)
  const environments = new Map<number, Environment>()
  try {
    const { chosenMib, ...deployed } = await deploy(folder, originOf(server))
    const sizes = MEMORY_SIZES_MIB.filter((memoryMib) => memoryMib <= os.cpus().length * VCPU_MEMORY_MIB)
    for (const memoryMib of sizes) environments.set(memoryMib, startEnvironment({ memoryMib, folder, ...deployed }))
    const figures = await measure(environments, photos, rounds)
    yield curve(figures, chosenMib)
    yield ''
    yield 'vCPU: what Lambda gives the size, and the kernel held it to; throttled: periods of 20 ms in which it wanted'
    yield 'more. ms: the least of the rounds, CPU ms: their median, both in the mean of the photographs. GB-s: what'
    yield 'Lambda bills. Peak RSS: of the process, Node included, over all the photographs.'
    yield 'S3, Rekognition and AppSync answer at once here; what they take on AWS is billed by the size as well.'
  } finally {
    for (const environment of environments.values()) await environment.stop()
    await close(server)
  }
}

/** The function as the stack has it. */
async function deploy(folder: string, origin: string) {
  const assemblyDir = join(folder, 'assembly')
  await synthesize({ out: assemblyDir })
  // As Lambda has it: `.js` is CommonJS, whatever lies around the temporary folder.
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  writeRuntime(folder)
  const endpoints = { ...NOWHERE, aws: origin, s3: origin, appsync: origin }
  const { resources } = readAssembly(assemblyDir, { ...PLACE, endpoints })
  const { properties } = lambdaFunction(resources, FUNCTION)
  const bundle = (await bundleFunctions(ROOT, folder)).find(({ name }) => name === FUNCTION)
  if (!bundle) throw new Error(`expected a bundle of ${FUNCTION}, got none`)
  const variables = {
    ...SET_BY_LAMBDA,
    PATH: process.env.PATH ?? '',
    AWS_REGION: PLACE.region,
    LAMBDA_TASK_ROOT: bundle.folder,
    ...endpointEnvironment(endpoints),
    ...variablesOf(properties),
  }
  return {
    chosenMib: Number(properties.MemorySize),
    file: join(bundle.folder, 'index.js'),
    variables,
    bucket: variablesOf(properties).ORIGINALS_BUCKET ?? '',
  }
}

async function measure(environments: Map<number, Environment>, photos: Photo[], rounds: number): Promise<Figures[]> {
  const sizes = [...environments.keys()].map(String)
  const byPhoto: Map<string, Invocation[]>[] = []
  for (const [number, photo] of photos.entries()) {
    byPhoto.push(await alternate(sizes, rounds, (size) => environments.get(Number(size))!.invoke(number, photo)))
  }
  const mean = (of: (measured: Map<string, Invocation[]>) => number): number =>
    byPhoto.reduce((sum, measured) => sum + of(measured), 0) / byPhoto.length
  return [...environments].map(([memoryMib, environment]) => {
    const runs = (measured: Map<string, Invocation[]>): Invocation[] => measured.get(String(memoryMib)) ?? []
    return {
      memoryMib,
      ms: mean((measured) => Math.min(...runs(measured).map(({ ms }) => ms))),
      cpuMs: mean((measured) => median(runs(measured).map(({ cpuMs }) => cpuMs))),
      throttled: environment.throttled(),
      peakRssMib: Math.max(...byPhoto.flatMap(runs).map(({ peakRssKib }) => peakRssKib)) / KIB_PER_MIB,
    }
  })
}

function curve(figures: Figures[], chosenMib: number): string {
  const gbSeconds = ({ memoryMib, ms }: Figures): number => (memoryMib / MIB_PER_GIB) * (ms / MS_PER_S)
  const chosen = figures.find(({ memoryMib }) => memoryMib === chosenMib) ?? figures[0]!
  return table(
    [
      'memory MiB', 'vCPU', 'CPU ms', 'throttled', 'ms', 'of chosen', 'GB-s', 'of chosen', 'peak RSS MiB', 'of size',
    ],
    figures.map((one) => [
      `${one.memoryMib}${one === chosen ? ' (chosen)' : ''}`,
      (one.memoryMib / VCPU_MEMORY_MIB).toFixed(2),
      one.cpuMs.toFixed(0),
      `${(one.throttled * PERCENT).toFixed(0)} %`,
      one.ms.toFixed(0),
      (one.ms / chosen.ms).toFixed(2),
      gbSeconds(one).toFixed(3),
      (gbSeconds(one) / gbSeconds(chosen)).toFixed(2),
      one.peakRssMib.toFixed(0),
      `${((one.peakRssMib / one.memoryMib) * PERCENT).toFixed(0)} %`,
    ]),
  )
}
