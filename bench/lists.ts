import { join } from 'node:path'
import { synthesize } from '../infra/synth.ts'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { startLibrary, type Library } from './lists/library.ts'
import { OWNER } from './lists/library-items.ts'
import { listsOf, SMALLEST } from './lists/lists.ts'
import { OTHERS_SHARE, WHOLE_UP_TO } from './lists/seed.ts'
import { median } from './median.ts'
import { table } from './table.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/**
 * Every list of the API, through the bundled resolvers, over tables of 100 images and ten times as many, again and
 * again. A larger table holds the smaller one's images and older ones, so that all lists begin with the same pages, and
 * what differs is what lies behind them.
 */
export const question = 'what does a page of each list cost when there are ten, a hundred, ... times as many images?'

const DEFAULT_ROUNDS = 15
const DEFAULT_LARGEST = 100_000
const TEN = 10
/** The line is flat when nothing leaves it by more than this. */
const FLAT = 0.01
const PERCENT = 100
const PROGRESS_EVERY_MS = 10_000
const MS_PER_S = 1_000

export async function* bench({ rounds = DEFAULT_ROUNDS, to = DEFAULT_LARGEST }: BenchOptions): AsyncGenerator<string> {
  const sizes: number[] = []
  for (let size = SMALLEST; size <= to; size *= TEN) sizes.push(size)
  yield* conditions(['dynalite', 'classic-level'])
  yield `task      ${rounds} rounds in turns over ${sizes.length} tables, after one that does not count; medians`
  yield* withTemporaryFolder((folder) => compare(folder, sizes, rounds))
}

async function* compare(folder: string, sizes: number[], rounds: number): AsyncGenerator<string> {
  const assemblyDir = join(folder, 'assembly')
  await synthesize({ out: assemblyDir })
  const libraries: Library[] = []
  try {
    for (const images of sizes) {
      const before = performance.now()
      const place = { folder: join(folder, String(images)), assemblyDir }
      libraries.push(await startLibrary({ images, ...place, onProgress: progressPrinter(images) }))
      yield `seeded    ${images} images in ${((performance.now() - before) / MS_PER_S).toFixed(0)} s`
    }
    yield* describe(libraries.at(-1)!)
    const results: Results = new Map()
    for (const list of listsOf(OWNER)) {
      const measured = await alternate(sizes.map(String), rounds, (size) =>
        libraries.find(({ images }) => String(images) === size)!.read(list))
      results.set(list.name, [...measured.values()].map((readings) => ({
        ms: median(readings.flatMap(({ ms }) => ms)),
        readUnits: median(readings.map(({ readUnits }) => readUnits)),
      })))
    }
    yield ''
    yield ratios('RCU a page', sizes, results, ({ readUnits }) => readUnits)
    yield ''
    yield ratios('ms a page', sizes, results, ({ ms }) => ms)
    yield ''
    yield verdict(results)
    yield 'RCU: as DynamoDB charges them. ms: through HTTP, check of the token, resolvers and the local store.'
  } finally {
    for (const library of libraries) await library.stop()
  }
}

/** Of each list, what a page takes at each size, smallest first. */
type Results = Map<string, { ms: number; readUnits: number }[]>

function* describe({ images, seeded }: Library): Generator<string> {
  const { items, tableBytes, indexBytes } = seeded
  const indexes = Object.entries(indexBytes).map(([name, bytes]) => `${name} ${bytes.toFixed(0)}`)
  yield `an image  ${items.toFixed(1)} items, ${tableBytes.toFixed(0)} bytes together; in indexes ${indexes.join(', ')}`
  if (images > WHOLE_UP_TO) {
    yield `facets    above ${WHOLE_UP_TO} images only those that some list reads, and in the index alone`
  }
  yield 'shots     one image in four is one of four shots in a row, which look alike'
  yield `others    have ${OTHERS_SHARE * PERCENT} % as many images as the owner, who has ${images} in the largest table`
}

/** A row a list: what it is in the smallest table, and in the others as a multiple of that. */
function ratios(
  title: string,
  sizes: number[],
  results: Results,
  of: (page: { ms: number; readUnits: number }) => number,
): string {
  return table(
    [title, `at ${SMALLEST}`, ...sizes.slice(1).map((size) => `at ${size}`)],
    [...results].map(([name, [smallest, ...larger]]) => [
      name,
      of(smallest!).toFixed(2),
      ...larger.map((reading) => (of(reading) / of(smallest!)).toFixed(3)),
    ]),
  )
}

function verdict(results: Results): string {
  const [farthest] = [...results]
    .map(([name, [smallest, ...larger]]) => ({
      name,
      distance: Math.max(0, ...larger.map(({ readUnits }) => Math.abs(readUnits / smallest!.readUnits - 1))),
    }))
    .sort((a, b) => b.distance - a.distance)
  const { name, distance } = farthest!
  const most = `at most ${(distance * PERCENT).toFixed(1)} % from the smallest (${name})`
  return `RCU ${distance <= FLAT ? 'flat' : 'NOT FLAT'}: ${most}`
}

/** To the terminal, past the answer: seeding takes minutes. */
function progressPrinter(images: number): (done: number) => void {
  let told = performance.now()
  return (done) => {
    if (performance.now() - told < PROGRESS_EVERY_MS) return
    told = performance.now()
    process.stderr.write(`          ${done} of ${images} images\n`)
  }
}
