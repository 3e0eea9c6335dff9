import { RuntimeFault } from '../signals.ts'
import { kindOf } from '../to-json.ts'

function expectNumber(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new RuntimeFault(`expected ${what} to be a number, got ${kindOf(value)}`)
  return value
}

/** Rounds to the nearest integer, halves up, as Java's `Math.round`. */
export const roundNum = (value: unknown): number =>
  Math.floor(expectNumber(value, 'the value of util.math.roundNum') + 0.5)

export const minVal = (a: unknown, b: unknown): number =>
  Math.min(
    expectNumber(a, 'the first value of util.math.minVal'),
    expectNumber(b, 'the second value of util.math.minVal')
  )

export const maxVal = (a: unknown, b: unknown): number =>
  Math.max(
    expectNumber(a, 'the first value of util.math.maxVal'),
    expectNumber(b, 'the second value of util.math.maxVal')
  )

export const randomDouble = (): number => Math.random()

/** A random integer from `start`, inclusive, to `end`, exclusive. */
export function randomWithinRange(start: unknown, end: unknown): number {
  const from = expectNumber(start, 'the start of util.math.randomWithinRange')
  const to = expectNumber(end, 'the end of util.math.randomWithinRange')
  if (to <= from) throw new RuntimeFault(`expected an end above the start ${from}, got ${to}`)
  return from + Math.floor(Math.random() * (to - from))
}
