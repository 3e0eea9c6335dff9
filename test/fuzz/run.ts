import { parseArgs } from 'node:util'
import { fuzz, type FuzzOptions } from './fuzz.ts'

/** `npm run fuzz -- --cases 5000 --seed 1`; `--case N` for one of a seed, `--verbose` for a line a case. */

/** How many cases without `--cases`. */
const DEFAULT_CASES = 5_000

/** Seeds that are drawn lie below it: short to type. */
const SEED_RANGE = 1_000_000

const KIB_PER_MIB = 1_024

function readOptions(): FuzzOptions {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      seed: { type: 'string' },
      case: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  })
  const number = (name: 'cases' | 'seed' | 'case'): number | undefined => {
    const text = values[name]
    if (text === undefined) return undefined
    if (/^\d{1,9}$/.test(text)) return Number(text)
    throw new TypeError(`--${name} must be a whole number below a billion, got "${text}"`)
  }
  const one = number('case')
  return {
    seed: number('seed') ?? Math.floor(Math.random() * SEED_RANGE),
    first: one ?? 0,
    cases: one === undefined ? number('cases') ?? DEFAULT_CASES : 1,
    ...(values.verbose || one !== undefined ? { heard: tell } : {}),
  }
}

const tell: FuzzOptions['heard'] = (number, { history, bytes }, seen) => {
  const end = seen.type === 'done' ? `${seen.status} ${seen.code ?? ''} ${seen.ms.toFixed(0)} ms` : seen.type
  console.log(`${number}\t${history.join(' > ')}\t${bytes.length} bytes\t${end}`)
}

async function main(): Promise<void> {
  const options = readOptions()
  console.log(`${options.cases} cases of seed ${options.seed}`)
  const startedAt = performance.now()
  const { failures, endings, slowestMs, maxRssKb } = await fuzz(options)
  for (const [ending, count] of [...endings].sort(([, a], [, b]) => b - a)) console.log(`${count}\t${ending}`)
  const seconds = (performance.now() - startedAt) / 1_000
  const memory = Math.round(maxRssKb / KIB_PER_MIB)
  console.log(`${seconds.toFixed(1)} s; slowest ${slowestMs.toFixed(0)} ms; peak memory of a process ${memory} MB`)
  for (const { number, why, file, command } of failures) {
    console.error(`\ncase ${number}: ${why}\n  file: ${file}\n  again: ${command}`)
  }
  if (failures.length > 0) process.exitCode = 1
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
