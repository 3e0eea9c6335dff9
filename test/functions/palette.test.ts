import { describe, expect, it } from 'vitest'
import { colorDistance } from '../../functions/lib/color-distance.ts'
import { MAX_PALETTE_COLORS, MIN_PALETTE_DISTANCE, palette } from '../../functions/lib/palette.ts'
import type { Raster } from '../../functions/lib/raster.ts'
import { scene } from '../fixtures/scenes.ts'

/** A picture of one row: each colour as many times as is said. */
const row = (...parts: [times: number, ...pixel: number[]][]): Raster => {
  const pixels = parts.flatMap(([times, ...pixel]) => Array.from({ length: times }, () => pixel))
  const channels = pixels[0]!.length as 3 | 4
  return { data: Buffer.from(pixels.flat()), width: pixels.length, height: 1, channels, frames: 1 }
}
const rgb = (hex: string) => [...Buffer.from(hex.slice(1), 'hex')] as [number, number, number]

describe('palette', () => {
  it('lists the colours, most covered first', () => {
    expect(palette(row([2, 0, 0, 255], [5, 255, 0, 0], [3, 0, 255, 0]))).toEqual(['#ff0000', '#00ff00', '#0000ff'])
  })

  it('is one colour for a picture of one', () => {
    expect(palette(row([4, 18, 52, 86]))).toEqual(['#123456'])
  })

  it(`has ${MAX_PALETTE_COLORS} colours at most: the seventh is left out`, () => {
    const seven = [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], [0, 255, 255]]
    const parts = seven.map((pixel, at) => [10 - at, ...pixel] as [number, ...number[]])
    expect(palette(row(...parts.slice(0, 6)))).toHaveLength(6)
    expect(palette(row(...parts))).toEqual(palette(row(...parts.slice(0, 6))))
  })

  it('leaves out what looks like a colour before it', () => {
    expect(palette(row([9, 100, 150, 210], [5, 116, 172, 240], [2, 90, 20, 20]))).toEqual(['#6496d2', '#5a1414'])
  })

  it('leaves out details: less than a hundredth of what can be seen', () => {
    const speck: [number, ...number[]] = [1, 255, 0, 0, 255]
    expect(palette(row([100, 0, 0, 0, 255], speck))).toEqual(['#000000'])
    expect(palette(row([99, 0, 0, 0, 255], speck))).toEqual(['#000000', '#ff0000'])
    expect(palette(row([99, 0, 0, 0, 255], speck, [500, 0, 0, 255, 0]))).toEqual(['#000000', '#ff0000'])
  })

  it('does not count what is see-through, unless there is nothing else', () => {
    expect(palette(row([9, 255, 0, 0, 127], [1, 0, 255, 0, 128]))).toEqual(['#00ff00'])
    expect(palette(row([9, 255, 0, 0, 0], [5, 0, 255, 0, 0]))).toEqual(['#ff0000', '#00ff00'])
  })

  it("of an animation is its first frame's", () => {
    const [first, second] = [scene(1), scene(2)]
    const data = Buffer.concat([first.data, second.data])
    expect(palette({ ...first, data, frames: 2 })).toEqual(palette(first))
  })

  it('plays no part in: the order of the pixels', () => {
    const { data } = scene(3)
    const pixels = Array.from({ length: data.length / 3 }, (_, at) => data.subarray(at * 3, at * 3 + 3))
    const turned = { ...scene(3), data: Buffer.concat(pixels.toReversed()) }
    expect(palette(turned)).toEqual(palette(scene(3)))
  })

  it.each([4, 5, 6, 7, 8, 9])('of scene %i is several colours that lie apart', (seed) => {
    const colors = palette(scene(seed))
    expect(colors.length).toBeGreaterThan(1)
    for (const [at, color] of colors.entries()) {
      expect(color).toMatch(/^#[0-9a-f]{6}$/)
      for (const other of colors.slice(0, at)) {
        // Half a level of rounding on either side.
        expect(colorDistance(rgb(color), rgb(other))).toBeGreaterThan(MIN_PALETTE_DISTANCE - 0.005)
      }
    }
  })
})

describe('distance of colours', () => {
  it('is 0 for one colour, and 1 from black to white', () => {
    expect(colorDistance([10, 200, 30], [10, 200, 30])).toBe(0)
    expect(colorDistance([0, 0, 0], [255, 255, 255])).toBeCloseTo(1, 6)
  })

  /** Source: CSS Color 4, samples of oklab(): red is 0.62796 0.22486 0.12585, lime 0.86644 -0.23389 0.1795. */
  it('is that of OKLab', () => {
    expect(colorDistance([255, 0, 0], [0, 255, 0])).toBeCloseTo(
      Math.hypot(0.62796 - 0.86644, 0.22486 + 0.23389, 0.12585 - 0.1795),
      3,
    )
  })
})
