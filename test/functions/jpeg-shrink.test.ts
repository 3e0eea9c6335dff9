import { describe, expect, it } from 'vitest'
import { jpegShrink, sharpsOwnShrink } from '../../functions/lib/jpeg-shrink.ts'

const WANTED = { width: 1_920, height: 1_280 }
const times = (factor: number) => ({ width: WANTED.width * factor, height: WANTED.height * factor })

describe('while it is decoded, a JPEG', () => {
  it.each([
    [1, 1],
    [1.5, 1],
    [2, 2],
    [2.5, 2],
    [3.5, 2],
    [4, 4],
    [8, 8],
    [20, 8],
  ])('of %d times the size that is wanted shrinks by %d', (factor, shrink) => {
    expect(jpegShrink(times(factor), WANTED)).toBe(shrink)
  })

  it('never shrinks to half pixels', () => {
    expect(jpegShrink({ width: 5_000, height: 3_001 }, WANTED)).toBe(1)
    expect(jpegShrink({ width: 8_002, height: 5_336 }, WANTED)).toBe(2)
  })

  it('never shrinks below the side that is nearer to what is wanted', () => {
    expect(jpegShrink({ width: 8_000, height: 1_500 }, WANTED)).toBe(1)
  })

  it.each([
    [2, 1],
    [2.9, 1],
    [3, 2],
    [4.5, 2],
    [5, 4],
    [8.5, 4],
    [9, 8],
  ])('of %d times the size would shrink by %d if sharp had the choice', (factor, shrink) => {
    expect(sharpsOwnShrink(times(factor), WANTED)).toBe(shrink)
  })
})
