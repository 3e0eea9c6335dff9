import { drawSeed, progressPrinter, runCommand } from '../command-line.ts'
import { fuzz, type FuzzOptions } from './fuzz.ts'

const USAGE = `npm run fuzz [-- options]

Mutates sound pictures of every format, develops each mutant in a process that is watched, and holds it against what may
become of an upload: READY, or REJECTED with a code that is listed, in bounded memory and time, the process alive.

  --cases N    how many; default 5000
  --seed N     what the mutants are drawn from; default drawn, and printed
  --case N     one case of the seed alone
  --verbose    a line for every case
  --help       this text

Exit code 1 when a case ended otherwise; its file is kept, and the line that brings it back is printed.`

const DEFAULT_CASES = 5_000
const KIB_PER_MIB = 1_024
const MS_PER_SECOND = 1_000

const tell: FuzzOptions['heard'] = (number, { history, bytes }, seen) => {
  const end = seen.type === 'done' ? `${seen.status} ${seen.code ?? ''} ${seen.ms.toFixed(0)} ms` : seen.type
  console.log(`${number}\t${history.join(' > ')}\t${bytes.length} bytes\t${end}`)
}

function countTo(cases: number): FuzzOptions['heard'] {
  const print = progressPrinter(cases)
  let ended = 0
  return () => print((ended += 1), `${ended} of ${cases} cases`)
}

const options = { cases: 'number', seed: 'number', case: 'number', verbose: 'flag' } as const

process.exitCode = await runCommand(USAGE, options, async ({ seed = drawSeed(), case: one, verbose, ...wanted }) => {
  const cases = one === undefined ? wanted.cases ?? DEFAULT_CASES : 1
  console.log(`${cases} cases of seed ${seed}`)
  const startedAt = performance.now()
  const heard = verbose || one !== undefined ? tell : countTo(cases)
  const { failures, endings, slowestMs, maxRssKb } = await fuzz({ seed, first: one ?? 0, cases, heard })
  for (const [ending, count] of [...endings].sort(([, a], [, b]) => b - a)) console.log(`${count}\t${ending}`)
  const seconds = (performance.now() - startedAt) / MS_PER_SECOND
  const memory = Math.round(maxRssKb / KIB_PER_MIB)
  console.log(`${seconds.toFixed(1)} s; slowest ${slowestMs.toFixed(0)} ms; peak memory of a process ${memory} MB`)
  for (const { number, why, file, command } of failures) {
    console.error(`\ncase ${number}: ${why}\n  file: ${file}\n  again: ${command}`)
  }
  return failures.length === 0
})
