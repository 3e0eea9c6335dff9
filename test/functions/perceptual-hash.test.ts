import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { perceptualHash } from '../../functions/lib/perceptual-hash.ts'
import { fromRaster, resizeRaster, type Raster } from '../../functions/lib/raster.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'
import { scene } from '../fixtures/scenes.ts'
import { hammingDistance } from './hamming-distance.ts'

/** Long edge of what is hashed, in pixels. */
const SMALLEST = 160

/** What four bands are sure to find, and what is still alike. In bits. */
const NEAR = 3
const ALIKE = 7

const hashOf = (raster: Raster): string => {
  const hash = perceptualHash(raster)
  if (hash === null) throw new Error('expected a hash, got a flat picture')
  return hash
}
/** A fixture's first frame at the size that is hashed. */
const smallest = async (name: FixtureName): Promise<Raster> => {
  const picture = sharp((await fixture(name)).bytes).resize(SMALLEST, SMALLEST, { fit: 'inside' }).toColourspace('srgb')
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels as 3 | 4, frames: 1 }
}
const painted = (width: number, height: number, paint: (x: number, y: number) => number[]): Raster => {
  const pixels = Array.from({ length: width * height }, (_, at) => paint(at % width, Math.floor(at / width)))
  const channels = pixels[0]!.length as 3 | 4
  return { data: Buffer.from(pixels.flat()), width, height, channels, frames: 1 }
}
/** Light in the middle that falls off to all sides, and darker still to the left and the bottom. */
const lamp = (x: number, y: number) =>
  Math.max(0, 255 / (1 + ((x - 60) ** 2 + (y - 50) ** 2) / 900) - (x > 40 && y > 70 ? 60 : 0))
const grey = (level: number) => [level, level, level]

describe('perceptual hash', () => {
  it('is 16 lower-case hexadecimal digits, the same every time', () => {
    const hash = hashOf(scene(1))
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(hashOf(scene(1))).toBe(hash)
  })

  it('says of wave upon wave, in a fixed order, whether it is there: hashes are kept, and must not change', () => {
    expect([1, 2, 3].map((seed) => hashOf(scene(seed)))).toMatchInlineSnapshot(`
      [
        "2c7aadecd62952b2",
        "1b88ff665d30fe56",
        "cc663ce349d471b3",
      ]
    `)
  })

  it('gives the first bit of the first band to half a wave down, and of the second to half a wave across', () => {
    const lit = (light: (x: number, y: number) => number) => {
      const picture = scene(2)
      const level = (x: number, y: number) => picture.data[(y * picture.width + x) * 3]! * 0.3 + light(x, y)
      const [, ...bands] = /^(.)...(.)/.exec(hashOf(painted(160, 120, (x, y) => grey(level(x, y)))))!
      return bands.map((digit) => (parseInt(digit, 16) >= 8 ? 1 : 0))
    }
    expect(lit((_x, y) => 120 - y)[0]).toBe(1)
    expect(lit((_x, y) => y)[0]).toBe(0)
    expect(lit((x) => 160 - x)[1]).toBe(1)
    expect(lit((x) => x)[1]).toBe(0)
  })

  it('does not depend on the ratio, and hardly on the size', async () => {
    const original = scene(4)
    const sizes = [[160, 40], [33, 160], [64, 64], [48, 36]] as const
    for (const [width, height] of sizes) {
      const hash = hashOf(await resizeRaster(original, { width, height }))
      expect(hammingDistance(hash, hashOf(original)), `${width} x ${height}`).toBeLessThanOrEqual(NEAR)
    }
  })

  it('knows no colour, only light', async () => {
    const { data, width } = scene(9)
    const inGrey = painted(160, 120, (x, y) => {
      const [red, green, blue] = data.subarray((y * width + x) * 3)
      return grey(Math.round(0.299 * red! + 0.587 * green! + 0.114 * blue!))
    })
    expect(hammingDistance(hashOf(inGrey), hashOf(scene(9)))).toBeLessThanOrEqual(1)
  })

  it('sees what is see-through on white, as the JPEG made of it', () => {
    const cutOut = painted(96, 96, (x, y) => [0, 0, 0, 255 - Math.round(lamp(x, y))])
    const onWhite = painted(96, 96, (x, y) => grey(Math.round(lamp(x, y))))
    expect(hashOf(cutOut)).toBe(hashOf(onWhite))
  })

  it("is an animation's first frame's", () => {
    const [first, second] = [scene(5), scene(6)]
    const animation = { ...first, data: Buffer.concat([first.data, second.data]), frames: 2 }
    expect(hashOf(animation)).toBe(hashOf(first))
  })

  it('of a symmetrical drawing survives what compression adds', async () => {
    const half = scene(7)
    const mirrored = await fromRaster(half).flop().raw().toBuffer()
    const drawing = painted(160, 120, (x, y) => {
      const from = x < 80 ? half.data : mirrored
      return [...from.subarray((y * 160 + x) * 3, (y * 160 + x) * 3 + 3)]
    })
    const jpeg = await fromRaster(drawing).jpeg({ quality: 50 }).toBuffer()
    const copy = { ...drawing, data: await sharp(jpeg).raw().toBuffer() }
    expect(hammingDistance(hashOf(copy), hashOf(drawing))).toBeLessThanOrEqual(NEAR)
  })
})

describe('a flat picture has no hash', () => {
  it.each(['onePixel', 'hairline', 'icon', 'invisiblePng', 'animatedGif'] as const)('%s', async (name) => {
    expect(perceptualHash(await smallest(name))).toBeNull()
  })

  it('with the grain of a sensor', () => {
    const grain = painted(160, 120, (x, y) => grey(120 + ((x * 7 + y * 13 + ((x * y) % 17)) % 8)))
    expect(perceptualHash(grain)).toBeNull()
  })

  it('with nothing but a gradient, which is one wave', () => {
    expect(perceptualHash(painted(160, 120, (x) => grey(40 + x)))).toBeNull()
  })

  it('but a faint picture has one', () => {
    const faint = scene(8)
    faint.data.forEach((level, at) => void (faint.data[at] = 120 + level / 8))
    expect(hammingDistance(hashOf(faint), hashOf(scene(8)))).toBeLessThanOrEqual(ALIKE)
  })
})
