import { describe, expect, it } from 'vitest'
import { describedSize, labelSize, variantSizes } from '../../functions/lib/picture-sizes.ts'

const size = (width: number, height: number) => ({ width, height })
const EDGES = [1_920, 1_080, 480, 160] as const
const longEdges = (width: number, height: number) =>
  variantSizes(size(width, height), EDGES).map((s) => Math.max(s.width, s.height))

describe('sizes of the variants', () => {
  it('of a photograph are four, by the long edge', () => {
    const landscape = [size(1920, 1440), size(1080, 810), size(480, 360), size(160, 120)]
    expect(variantSizes(size(4000, 3000), EDGES)).toEqual(landscape)
    expect(variantSizes(size(3000, 4000), EDGES)[0]).toEqual(size(1440, 1920))
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

  it('of a format with one long edge are one: that, or the original itself', () => {
    expect(variantSizes(size(4000, 3000), [1_080])).toEqual([size(1080, 810)])
    expect(variantSizes(size(400, 300), [1_080])).toEqual([size(400, 300)])
  })

  it('keep at least a pixel of the short side', () => {
    expect(variantSizes(size(1, 3000), EDGES).every(({ width }) => width === 1)).toBe(true)
  })
})

describe('size of the picture that is labelled', () => {
  it('is that of a variant', () => {
    expect(labelSize(size(6000, 4000))).toEqual(size(1080, 720))
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

  it('is larger than a variant when its short side needs it', () => {
    expect(labelSize(size(12_000, 800))).toEqual(size(1200, 80))
  })
})

describe('size of what is described', () => {
  it('is 160 px, or the original itself', () => {
    expect(describedSize(size(6000, 4000))).toEqual(size(160, 107))
    expect(describedSize(size(300, 600))).toEqual(size(80, 160))
    expect(describedSize(size(30, 20))).toEqual(size(30, 20))
  })
})
