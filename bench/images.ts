import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { NODE_CONTENDERS, type Developed, type NodeContender } from './images/contender.ts'
import { buildWorkers, startNodeProcess, type NodeProcess } from './images/node-process.ts'
import { planFor } from './images/plan.ts'
import { referenceOf, similarity } from './images/quality.ts'
import { runTool, versionOf } from './images/tool-process.ts'
import { TOOLS, type Tool } from './images/tools.ts'
import type { WorkerAnswer } from './images/worker.ts'
import { geometricMean, median } from './median.ts'
import { findPhotos, type Photo } from './photos.ts'
import { table } from './table.ts'

/**
 * One photograph in, four WebP variants and a JPEG out, with all that the product finds out on the way, but without
 * storage, API and Rekognition. Photographs are 12 to 24 megapixel JPEGs; every contender makes the same sizes
 * with the same encoder settings.
 */
export const question = 'what does it cost to develop a photograph, and what would others need for the same?'

const DEFAULT_ROUNDS = 5

/** Photographs that each Node process develops before it counts: by then V8 has compiled what is worth compiling. */
const WARM_UPS = 8
const OURS = 'darkroom'
const BYTES_PER_MB = 1_000_000
const BYTES_PER_KB = 1_000

const EXPLAINED: Record<NodeContender, string> = {
  darkroom: 'functions/lib as deployed',
  separate: 'each output decodes the original again (sharp, same settings)',
  'separate-defaults': "the same with sharp's default WebP effort",
  floor: 'the decode to the largest size that is needed, and the encodes: nothing else',
  'bare-floor': "the decode at libjpeg's scale, and the encodes: not a single resize",
}

/** What one contender came to on one photograph. */
interface Result {
  wallMs: number
  cpuMs: number
  peakRssBytes: number
  bytes: number
  ssim: number
}

export async function* bench(options: BenchOptions): AsyncGenerator<string> {
  const { rounds = DEFAULT_ROUNDS } = options
  const photos = await findPhotos(options.photos, options.most)
  yield* conditions(['sharp', 'thumbhash'])
  const { present, lines } = await findTools()
  yield* lines
  yield `task      ${photos.length} photographs, ${rounds} rounds each in turns, after one that does not count; medians`
  const results = new Map<string, Map<string, Result>>()
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-bench-'))
  const warm: Processes = new Map()
  try {
    await buildWorkers(folder)
    for (const name of NODE_CONTENDERS) warm.set(name, await warmProcess(folder, name, photos[0]!))
    for (const photo of photos) {
      yield `          ${photo.name}`
      results.set(photo.name, await measure(photo, { tools: present, rounds, folder, warm }))
    }
  } finally {
    await Promise.all([...warm.values()].map((one) => one.stop()))
    await rm(folder, { recursive: true })
  }
  yield ''
  yield perPhoto(photos, results)
  yield ''
  yield summary(results)
  yield ''
  yield* Object.entries(EXPLAINED).map(([name, words]) => `${name}: ${words}`)
  yield `Tools are whole processes, start included; Node contenders have developed ${WARM_UPS} photographs before. Ratios: geometric means over photographs.`
  yield 'Peak RSS: a fresh process on that one photograph, Node included; the floors hold pixels made beforehand.'
  yield 'SSIM: mean of the five outputs against a full decode, see bench/ssim.ts.'
}

async function findTools(): Promise<{ present: Tool[]; lines: string[] }> {
  const present: Tool[] = []
  const lines: string[] = []
  for (const tool of TOOLS) {
    const version = await versionOf(tool)
    if (version !== undefined) present.push(tool)
    lines.push(`tool      ${version ?? `${tool.name} is left out: install ${tool.debianPackage} and time`}`)
  }
  return { present, lines }
}

type Processes = Map<NodeContender, NodeProcess>

interface Field {
  tools: Tool[]
  rounds: number
  /** Of the bundled workers. */
  folder: string
  warm: Processes
}

async function warmProcess(folder: string, name: NodeContender, { path }: Photo): Promise<NodeProcess> {
  const process = startNodeProcess(folder, name)
  for (let done = 0; done < WARM_UPS; done += 1) await process.ask({ path, wantOutputs: false })
  return process
}

async function measure(photo: Photo, { tools, rounds, folder, warm }: Field): Promise<Map<string, Result>> {
  const { path } = photo
  const plan = await planFor(path)
  const toolOf = (name: string) => tools.find((one) => one.name === name)
  const names = [...NODE_CONTENDERS, ...tools.map(({ name }) => name)]
  const firsts = new Map<string, WorkerAnswer>()
  for (const name of names) {
    const tool = toolOf(name)
    firsts.set(name, tool ? await runTool(tool, path, plan, true) : await askFresh(folder, name as NodeContender, path))
  }
  const measured = await alternate(names, rounds, (name) => {
    const tool = toolOf(name)
    return tool ? runTool(tool, path, plan, false) : warm.get(name as NodeContender)!.ask({ path, wantOutputs: false })
  })
  const reference = await referenceOf(path, plan)
  const results = new Map<string, Result>()
  for (const name of names) {
    const first = firsts.get(name)
    const runs = measured.get(name) ?? []
    if (!first?.developed) throw new Error(`expected outputs of ${name}, got none`)
    results.set(name, {
      wallMs: median(runs.map(({ wallMs }) => wallMs)),
      cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
      peakRssBytes: first.peakRssBytes,
      bytes: bytesOf(first.developed),
      ssim: await similarity(first.developed, reference),
    })
  }
  return results
}

/** The answer of a process that has done nothing else: its peak is that of one photograph. */
async function askFresh(folder: string, name: NodeContender, path: string): Promise<WorkerAnswer> {
  const process = startNodeProcess(folder, name)
  try {
    return await process.ask({ path, wantOutputs: true })
  } finally {
    await process.stop()
  }
}

function bytesOf({ webp, jpeg }: Developed): number {
  return [...webp, jpeg].reduce((sum, { bytes }) => sum + bytes.length, 0)
}

function perPhoto(photos: Photo[], results: Map<string, Map<string, Result>>): string {
  const rows = photos.flatMap((photo) =>
    [...(results.get(photo.name) ?? [])].map(([name, result], index) => [
      index === 0 ? `${photo.name.slice(0, 18)} ${megapixels(photo)} ${photo.traits.join(' ')}` : '',
      name,
      result.wallMs.toFixed(0),
      result.cpuMs.toFixed(0),
      (result.peakRssBytes / BYTES_PER_MB).toFixed(0),
      (result.bytes / BYTES_PER_KB).toFixed(0),
      result.ssim.toFixed(4),
    ]))
  return table(['photograph', 'contender', 'wall ms', 'CPU ms', 'peak RSS MB', 'kB', 'SSIM'], rows)
}

function megapixels({ width, height }: Photo): string {
  return `${((width * height) / 1e6).toFixed(0)} MP`
}

/** Every contender as a multiple of the product. */
function summary(results: Map<string, Map<string, Result>>): string {
  const all = [...results.values()]
  const names = [...(all[0]?.keys() ?? [])]
  const pairs = (name: string) => all.flatMap((one) => {
    const [ours, theirs] = [one.get(OURS), one.get(name)]
    return ours && theirs ? [{ ours, theirs }] : []
  })
  const ratio = (name: string, of: (result: Result) => number) =>
    geometricMean(pairs(name).map(({ ours, theirs }) => of(theirs) / of(ours))).toFixed(2)
  return table(
    ['of darkroom', 'wall', 'CPU', 'CPU, least to most', 'peak RSS', 'bytes', 'SSIM'],
    names.map((name) => {
      const cpu = pairs(name).map(({ ours, theirs }) => theirs.cpuMs / ours.cpuMs)
      const difference = median(pairs(name).map(({ ours, theirs }) => theirs.ssim - ours.ssim))
      return [
        name,
        ratio(name, ({ wallMs }) => wallMs),
        ratio(name, ({ cpuMs }) => cpuMs),
        `${Math.min(...cpu).toFixed(2)} to ${Math.max(...cpu).toFixed(2)}`,
        ratio(name, ({ peakRssBytes }) => peakRssBytes),
        ratio(name, ({ bytes }) => bytes),
        `${difference >= 0 ? '+' : ''}${difference.toFixed(4)}`,
      ]
    }),
  )
}

