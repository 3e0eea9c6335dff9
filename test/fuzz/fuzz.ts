import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutate, type Mutant } from './mutate.ts'
import { createRandom } from './random.ts'
import { makeSeeds } from './seeds.ts'
import { WatchedProcess, type Seen } from './watched-process.ts'

/** How long one file may take, in milliseconds: a sixth of the function's minute, on a machine with other work too. */
export const LIMIT_MS = 10_000

/** What the process may take at its peak, in KiB: the function has 1,769 MB, and Node and the SDKs are in there too. */
export const LIMIT_RSS_KB = 1_000 * 1_024

/** Files that are developed at a time, each in a process of its own. */
const LANES = 2

export interface FuzzOptions {
  seed: number
  /** Number of the first case, and how many follow. */
  first: number
  cases: number
  /** Hears of every case, in the order in which they end. */
  heard?: (number: number, mutant: Mutant, seen: Seen) => void
}

/** A case that ended otherwise than it may. */
export interface Failure {
  number: number
  why: string
  /** Where the file was written. */
  file: string
  /** The line that brings it back. */
  command: string
}

export interface FuzzReport {
  failures: Failure[]
  /** How many cases ended in which way: `READY`, or `REJECTED` with its code. */
  endings: Map<string, number>
  slowestMs: number
  maxRssKb: number
}

/** Develops as many mutants as asked for, and holds each against what may become of an upload. */
export async function fuzz({ seed, first, cases, heard }: FuzzOptions): Promise<FuzzReport> {
  const seeds = await makeSeeds()
  const report: FuzzReport = { failures: [], endings: new Map(), slowestMs: 0, maxRssKb: 0 }
  let next = first
  const lane = async (): Promise<void> => {
    const watched = new WatchedProcess(LIMIT_MS)
    while (next < first + cases) {
      const number = next
      next += 1
      const mutant = mutate(seeds, createRandom(seed, number))
      const seen = await watched.develop({ bytes: mutant.bytes, contentType: mutant.contentType })
      heard?.(number, mutant, seen)
      count(report, seen)
      const why = faultOf(seen)
      if (why === undefined) continue
      report.failures.push(await failureOf(seed, number, mutant, why))
      await watched.stop()
    }
    await watched.stop()
  }
  await Promise.all(Array.from({ length: Math.min(LANES, cases) }, lane))
  return report
}

function count(report: FuzzReport, seen: Seen): void {
  const ending = seen.type === 'done' ? [seen.status, seen.code].filter(Boolean).join(' ') : seen.type
  report.endings.set(ending, (report.endings.get(ending) ?? 0) + 1)
  if (seen.type !== 'done') return
  report.slowestMs = Math.max(report.slowestMs, seen.ms)
  report.maxRssKb = Math.max(report.maxRssKb, seen.maxRssKb)
}

function faultOf(seen: Seen): string | undefined {
  if (seen.type === 'timed out') return `expected an end within ${LIMIT_MS} ms, got none`
  if (seen.type === 'died') {
    return `expected the process alive, got its end by ${seen.signal ?? `exit code ${seen.code}`}`
  }
  if (seen.maxRssKb > LIMIT_RSS_KB) return `expected at most ${LIMIT_RSS_KB} KiB at the peak, got ${seen.maxRssKb}`
  return seen.fault
}

async function failureOf(seed: number, number: number, mutant: Mutant, why: string): Promise<Failure> {
  const folder = join(tmpdir(), 'darkroom-fuzz')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${seed}-${number}.${mutant.contentType.replace('image/', '')}`)
  await writeFile(file, mutant.bytes)
  return {
    number,
    why: `${mutant.history.join(' > ')}: ${why}`,
    file,
    command: `npm run fuzz -- --seed ${seed} --case ${number}`,
  }
}
