import { thumbHashToAverageRGBA, thumbHashToApproximateAspectRatio } from 'thumbhash'
import { describe, expect, it } from 'vitest'
import { describePicture } from '../../functions/lib/describe-picture.ts'
import { makeThumbhash } from '../../functions/lib/placeholder.ts'
import type { Raster } from '../../functions/lib/raster.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'
import { decoded } from './picture-pixels.ts'

const raster = async (name: FixtureName) => (await decoded(await fixture(name))).raster
const stripes = (...pixels: number[][]): Raster => ({
  data: Buffer.from(pixels.flat()),
  width: pixels.length,
  height: 1,
  channels: pixels[0]!.length as 3 | 4,
  frames: 1,
})

const dominantColor = (picture: Raster) => describePicture(picture).dominantColor

describe('dominant colour', () => {
  it('is the colour of most pixels, not the mean of all', async () => {
    expect(await dominantColor(stripes([255, 0, 0], [255, 0, 0], [255, 0, 0], [0, 0, 255], [0, 0, 255]))).toBe('#ff0000')
  })

  it('gathers the shades of one colour', async () => {
    const sky = [
      [88, 150, 210],
      [92, 154, 214],
      [97, 158, 218],
      [84, 146, 206],
    ]
    expect(await dominantColor(stripes(...sky, [0, 0, 0], [0, 0, 0], [0, 0, 0]))).toBe('#5a98d4')
  })

  it('leaves out what is see-through', async () => {
    expect(await dominantColor(stripes([9, 9, 9, 0], [9, 9, 9, 20], [0, 255, 0, 255]))).toBe('#00ff00')
  })

  it('of a picture with nothing to see is still a colour', async () => {
    expect(await dominantColor(await raster('invisiblePng'))).toMatch(/^#[0-9a-f]{6}$/)
  })

  it('of the landscape is its sky', async () => {
    const [red, green, blue] = Buffer.from((await dominantColor(await raster('baselineJpeg')))!.slice(1), 'hex')
    expect(blue!).toBeGreaterThan(green!)
    expect(green!).toBeGreaterThan(red!)
  })

  it("of an animation is its first frame's", async () => {
    expect(await dominantColor(await raster('animatedGif'))).toBe('#ff0000')
  })
})

describe('placeholder', () => {
  const hash = async (name: FixtureName) => Buffer.from(makeThumbhash(await raster(name)), 'base64')

  it.each(['photo', 'alphaPng', 'onePixel', 'hairline', 'animatedGif', 'invisiblePng', 'greyJpeg'] as const)(
    'of %s is at most 25 bytes',
    async (name) => {
      const bytes = await hash(name)
      expect(bytes.length).toBeGreaterThan(4)
      expect(bytes.length).toBeLessThanOrEqual(25)
    },
  )

  it('has the ratio and the mean colour of the picture', async () => {
    const bytes = await hash('photo')
    expect(thumbHashToApproximateAspectRatio(bytes)).toBeCloseTo(7 / 5, 1)
    const { r, g, b, a } = thumbHashToAverageRGBA(bytes)
    expect(b).toBeGreaterThan(r)
    expect([g > 0.4, a]).toEqual([true, 1])
  })

  it('knows what is see-through', async () => {
    expect(thumbHashToAverageRGBA(await hash('alphaPng')).a).toBeLessThan(0.9)
  })
})
