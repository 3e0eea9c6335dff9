import { parseArgs } from 'node:util'

/** A command line that can't be followed; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options by name, and what each takes. */
type Kinds = Record<string, 'number' | 'text' | 'flag'>

export type Values<K extends Kinds> = {
  [Name in keyof K]: K[Name] extends 'flag' ? boolean : (K[Name] extends 'number' ? number : string) | undefined
}

/**
 * Runs a command that somebody typed: `--help` prints its usage, and what goes wrong is told in a line.
 * @param main answers whether all is well
 * @returns the exit code: 0, or 1 when not all is well
 */
export async function runCommand<const K extends Kinds>(
  usage: string,
  kinds: K,
  main: (values: Values<K>) => Promise<boolean>,
  args: string[] = process.argv.slice(2),
): Promise<number> {
  try {
    const values = readOptions({ ...kinds, help: 'flag' }, args)
    if (!values.help) return (await main(values as Values<K>)) ? 0 : 1
    console.log(usage)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}

/** @throws UsageError, TypeError of `parseArgs` */
function readOptions<K extends Kinds>(kinds: K, args: string[]): Values<K> {
  const options = Object.entries(kinds).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }])
  const { values } = parseArgs({ args, options: Object.fromEntries(options) as Record<string, { type: 'string' }> })
  const read = Object.entries(kinds).map(([name, kind]) => {
    const value: unknown = values[name]
    if (kind === 'flag') return [name, value === true]
    return [name, kind === 'number' && value !== undefined ? wholeNumber(name, String(value)) : value]
  })
  return Object.fromEntries(read) as Values<K>
}

/** @throws UsageError */
function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`--${name} must be a whole number below a billion, got "${text}".`)
}

/** Seeds that are drawn lie below it: short to type. */
const SEED_RANGE = 1_000_000

/** A seed for a run that was given none; it is printed, so that the run can be had again. */
export function drawSeed(): number {
  return Math.floor(Math.random() * SEED_RANGE)
}

/** A long run tells this often how far it is. */
const LINES = 20

const MS_PER_SECOND = 1_000

/**
 * Prints a line whenever another twentieth of a long run is done, but no more than one a second.
 * @param now in milliseconds
 */
export function progressPrinter(total: number, now = () => performance.now()): (done: number, words: string) => void {
  const startedAt = now()
  const step = Math.max(1, Math.floor(total / LINES))
  let told = { done: 0, at: startedAt }
  return (done, words) => {
    const at = now()
    if (done < told.done + step || at < told.at + MS_PER_SECOND) return
    told = { done, at }
    console.log(`${((at - startedAt) / MS_PER_SECOND).toFixed(0).padStart(5)} s  ${words}`)
  }
}
