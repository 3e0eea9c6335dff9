import { describe, expect, it } from 'vitest'
import { decodeSize, labelSize, variantSizes } from '../../functions/lib/picture-sizes.ts'

const size = (width: number, height: number) => ({ width, height })
const longEdges = (width: number, height: number) =>
  variantSizes(size(width, height)).map((s) => Math.max(s.width, s.height))

describe('sizes of the variants', () => {
  it('of a photograph are four, by the long edge', () => {
    expect(variantSizes(size(4000, 3000))).toEqual([size(1920, 1440), size(1080, 810), size(480, 360), size(160, 120)])
    expect(variantSizes(size(3000, 4000))[0]).toEqual(size(1440, 1920))
  })

  it.each([
    [1921, [1920, 1080, 480, 160]],
    [1920, [1920, 1080, 480, 160]],
    [1919, [1919, 1080, 480, 160]],
    [1080, [1080, 480, 160]],
    [1000, [1000, 480, 160]],
    [161, [161, 160]],
    [160, [160]],
    [50, [50]],
    [1, [1]],
  ])('of an original %i px wide are %j: distinct, and never larger than it', (width, expected) => {
    expect(longEdges(width, 1)).toEqual(expected)
  })

  it('keep at least a pixel of the short side', () => {
    expect(variantSizes(size(1, 3000)).every(({ width }) => width === 1)).toBe(true)
  })
})

describe('size of the picture that is labelled', () => {
  it('is about a megapixel', () => {
    const { width, height } = labelSize(size(6000, 4000))!
    expect(width * height).toBeGreaterThan(990_000)
    expect(width * height).toBeLessThan(1_010_000)
  })

  it('is not larger than the original', () => {
    expect(labelSize(size(400, 300))).toEqual(size(400, 300))
  })

  it.each([size(79, 500), size(500, 79), size(50, 50), size(1, 3000)])(
    'is none for %j: a side is below 80 px',
    (original) => {
      expect(labelSize(original)).toBeUndefined()
    },
  )

  it('is at 80 px the original itself', () => {
    expect(labelSize(size(80, 80))).toEqual(size(80, 80))
  })

  it('keeps the short side at 80 px, however long the other gets, up to 10,000', () => {
    expect(labelSize(size(10_000, 80))).toEqual(size(10_000, 80))
    expect(labelSize(size(20_000, 200))).toEqual(size(8_000, 80))
    expect(labelSize(size(20_000, 100))).toBeUndefined()
  })

  it('makes the decode larger only when it has to be', () => {
    expect(decodeSize(size(6000, 4000))).toEqual(size(1920, 1280))
    expect(decodeSize(size(12_000, 3_000))).toEqual(size(1920, 480))
    expect(decodeSize(size(20_000, 200))).toEqual(size(8_000, 80))
    expect(decodeSize(size(300, 200))).toEqual(size(300, 200))
  })
})
