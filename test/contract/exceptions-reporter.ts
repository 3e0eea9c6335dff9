import Table from 'cli-table3'
import type { Reporter } from 'vitest/node'
import { EXCEPTIONS, type Exception } from './exceptions.ts'

/** Widths in characters, borders left out: together they fit a terminal of 132. */
const COLUMNS = { subject: 24, local: 32, aws: 36, held: 32 } as const satisfies Record<keyof Exception, number>

/** Prints the exceptions at the end of a run, so that nobody takes them for agreement. */
export default class ExceptionsReporter implements Reporter {
  onTestRunEnd(): void {
    const names = Object.keys(COLUMNS) as (keyof Exception)[]
    const table = new Table({
      head: ['May differ', 'Local', 'AWS', 'Held to'],
      colWidths: names.map((name) => COLUMNS[name]),
      wordWrap: true,
      style: { head: [], border: [], compact: true },
    })
    for (const row of Object.values(EXCEPTIONS)) table.push(names.map((name) => row[name]))
    console.log(`\n${table.toString()}\nThe same on both targets but for these; see docs/contract.md.`)
  }
}
