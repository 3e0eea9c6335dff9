import { describe, expect, it } from 'vitest'
import { ANIMATION, fixture, orientedJpeg, QUADRANTS, SMALL, type FixtureName } from '../fixtures/index.ts'
import { decoded, distance, nameOf, pixelAt, reference } from './picture-pixels.ts'

/** Of two ways to the same picture; JPEG's own rounding lies below. 0-255. */
const SAME = 1.5
/** Of two encodings of the same picture. 0-255. */
const ALIKE = 8

const decode = async (name: FixtureName) => decoded(await fixture(name))
const refusal = (name: FixtureName) => decode(name).catch((error: unknown) => error)

describe('decoding', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('obeys EXIF orientation %i', async (orientation) => {
    const { raster, measured } = await decoded(await orientedJpeg(orientation))
    expect(measured.size).toEqual(SMALL)
    expect({ width: raster.width, height: raster.height }).toEqual(SMALL)
    expect({
      topLeft: nameOf(pixelAt(raster, 0.25, 0.25)),
      topRight: nameOf(pixelAt(raster, 0.75, 0.25)),
      bottomLeft: nameOf(pixelAt(raster, 0.25, 0.75)),
      bottomRight: nameOf(pixelAt(raster, 0.75, 0.75)),
    }).toEqual(QUADRANTS)
  })

  it.each([
    'progressiveJpeg',
    'interlacedPng',
    'palettePng',
    'sixteenBitPng',
    'webp',
    'avif',
    'tiff',
    'cmykJpeg',
    'displayP3Jpeg',
  ] as const)('of %s gives the same landscape, 8-bit sRGB', async (name) => {
    const { raster } = await decode(name)
    const { raster: baseline } = await decode('baselineJpeg')
    expect(raster.channels).toBe(3)
    expect(distance(raster, baseline)).toBeLessThan(name === 'cmykJpeg' ? 2 * ALIKE : ALIKE)
  })

  it('of a grey picture gives three equal channels', async () => {
    const { raster } = await decode('greyJpeg')
    const [red, green, blue] = pixelAt(raster, 0.5, 0.9)
    expect([raster.channels, green, blue]).toEqual([3, red, red])
  })

  it('applies an embedded RGB profile after the resize, to the same effect', async () => {
    const { raster, measured } = await decode('displayP3Jpeg')
    expect(measured.lateProfile).toBe(true)
    expect(distance(raster, await reference((await fixture('displayP3Jpeg')).bytes, raster))).toBeLessThan(SAME)
  })

  it('leaves the profile of four inks to the decoder', async () => {
    expect((await decode('cmykJpeg')).measured.lateProfile).toBe(false)
  })

  it('keeps alpha', async () => {
    const { raster } = await decode('alphaPng')
    expect(raster.channels).toBe(4)
    expect(pixelAt(raster, 0, 0)[3]).toBe(0)
    expect(pixelAt(raster, 0.5, 0.5)).toEqual([200, 30, 60, 255])
  })

  it.each(['animatedGif', 'animatedWebp'] as const)('of %s gives every frame, one below the other', async (name) => {
    const { raster, measured } = await decode(name)
    expect(measured).toMatchObject({ size: SMALL, frames: 3, frameDelaysMs: ANIMATION.delaysMs, loop: ANIMATION.loop })
    const tall = { ...raster, height: raster.height * 3 }
    expect([1 / 6, 3 / 6, 5 / 6].map((y) => nameOf(pixelAt(tall, 0.5, y)))).toEqual(['red', 'lime', 'blue'])
  })

  it.each([
    'progressiveJpeg',
    'sixteenBitPng',
    'interlacedPng',
    'palettePng',
    'webp',
    'animatedWebp',
    'avif',
    'tiff',
  ] as const)('refuses the first two thirds of %s', async (name) => {
    const { bytes, contentType } = await fixture(name)
    const cut = { bytes: bytes.subarray(0, (bytes.length * 2) / 3), contentType }
    await expect(decoded(cut)).rejects.toMatchObject({ code: 'CORRUPT_IMAGE' })
  })

  it('leaves the whole frames of an animated GIF that ends early', async () => {
    const { bytes, contentType } = await fixture('animatedGif')
    const { measured } = await decoded({ bytes: bytes.subarray(0, (bytes.length * 2) / 3), contentType })
    expect(measured.frames).toBe(2)
  })

  it.each(['truncatedJpeg', 'scrambledJpeg', 'jpegHeadOnly'] as const)('refuses %s', async (name) => {
    expect(await refusal(name)).toMatchObject({ name: 'Refusal', code: 'CORRUPT_IMAGE' })
  })

  it('refuses at the header what would unfold to too many pixels', async () => {
    expect(await refusal('manyPixelsPng')).toMatchObject({
      code: 'TOO_MANY_PIXELS',
      message: expect.stringContaining(
        'expected at most 50.0 megapixels for png, received 10000 x 6600, 66.0 megapixels',
      ),
    })
  })

  it('refuses a side longer than a JPEG can have', async () => {
    expect(await refusal('elongatedPng')).toMatchObject({ code: 'IMAGE_TOO_ELONGATED' })
  })
})
