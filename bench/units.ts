import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, synthesize } from '../infra/synth.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { findPhotos } from './photos.ts'
import { table } from './table.ts'
import { withTemporaryFolder } from './temporary-folder.ts'
import { liveThrough, type StepUnits } from './units/life.ts'
import { pricesOf } from './units/prices.ts'
import { countRequests } from './units/requests.ts'

/**
 * What AWS counts of an image: units of DynamoDB through the whole life, and requests from `requestUpload` to READY.
 * Counted, not timed: the same in every run.
 */
export const question = 'what does an image consume of what AWS charges for?'

/** Images that are led through their life: labels differ from one to the next. */
const LIVES = 50
const DEFAULT_MOST = 4
const THOUSAND = 1_000
const INDEXES = ['byFacet', 'byChange', 'byPublic']

export async function* bench(options: BenchOptions): AsyncGenerator<string> {
  const photos = await findPhotos(options.photos, options.most ?? DEFAULT_MOST)
  yield* conditions(['dynalite'])
  yield `task      ${LIVES} images led through their life by the API; ${photos.length} photographs uploaded to the`
  yield '          whole local cloud'
  yield ''
  yield* withTemporaryFolder(async function* (folder) {
    // process-image finds sharp above its assembly, as it does below the project's folder.
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    const assemblyDir = join(folder, 'assembly')
    await synthesize({ out: assemblyDir })
    const { labels, steps } = await liveThrough(LIVES, assemblyDir, join(folder, 'life'))
    yield table(['DynamoDB units an image', 'RCU', 'WCU', 'table', ...INDEXES], [...steps, sumOf(steps)].map(row))
    yield ''
    yield `${labels.toFixed(1)} labels an image with the broader names; transactions count twice, indexes once`
    yield ''
    const requests = await countRequests(photos, assemblyDir, join(folder, 'cloud'))
    const rows = [...requests].sort(([a], [b]) => a.localeCompare(b))
    yield table(['requestUpload to READY', 'an image'], rows.map(([action, times]) => [action, times.toFixed(2)]))
    yield ''
    const prices = pricesOf(steps, requests)
    const all = { item: 'all', times: NaN, dollars: prices.reduce((sum, { dollars }) => sum + dollars, 0) }
    yield table(['1,000 images to READY', 'each', 'US$'], [...prices, all].map(({ item, times, dollars }) =>
      [item, Number.isNaN(times) ? '' : times.toFixed(1), (dollars * THOUSAND).toFixed(4)]))
    yield 'List prices, see bench/units/prices.ts. Besides: what Lambda bills of time (npm run bench -- memory).'
  })
}

function row({ step, read, table: written, indexes }: StepUnits): string[] {
  const all = INDEXES.map((name) => indexes[name] ?? 0)
  const figure = (units: number): string => units.toFixed(1)
  const writes = all.reduce((sum, units) => sum + units, written)
  return [step, ...[read, writes, written, ...all].map(figure)]
}

function sumOf(steps: StepUnits[]): StepUnits {
  const sum: StepUnits = { step: 'all', read: 0, table: 0, indexes: {} }
  for (const { read, table: written, indexes } of steps) {
    sum.read += read
    sum.table += written
    for (const [name, units] of Object.entries(indexes)) sum.indexes[name] = (sum.indexes[name] ?? 0) + units
  }
  return sum
}
