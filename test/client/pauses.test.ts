import { expect, it } from 'vitest'
import { backOff } from '../../client/pauses.ts'

it.each([
  [1, 1_000],
  [2, 2_000],
  [6, 32_000],
  [7, 60_000],
  [2_000, 60_000],
])('waits some time after %i failures, at most %i milliseconds', (failures, longestMs) => {
  const waits = Array.from({ length: 100 }, () => backOff(failures))
  expect(Math.max(...waits)).toBeLessThanOrEqual(longestMs)
  expect(Math.max(...waits)).toBeGreaterThan(longestMs / 2)
  expect(Math.min(...waits)).toBeLessThan(longestMs / 2)
})
