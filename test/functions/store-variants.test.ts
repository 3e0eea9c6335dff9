import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { storeVariants } from '../../functions/lib/store-variants.ts'
import { ANIMATION, fixture, SECRETS, type FixtureName } from '../fixtures/index.ts'
import { MEDIA_KEY } from './given.ts'
import { decoded, distance, reference, webpChunks } from './picture-pixels.ts'

async function stored(name: FixtureName) {
  const { raster, measured } = await decoded(await fixture(name))
  const files = new Map<string, Uint8Array>()
  const media = { write: async (key: string, bytes: Uint8Array) => void files.set(key, bytes) }
  return { files, ...(await storeVariants(raster, measured, MEDIA_KEY, media)) }
}

describe('variants', () => {
  it('are stored by their long edge, and described as they are stored', async () => {
    const { files, variants } = await stored('photo')
    expect([...files.keys()]).toEqual([1920, 1080, 480, 160].map((edge) => `processed/${MEDIA_KEY}/${edge}.webp`))
    for (const [index, bytes] of [...files.values()].entries()) {
      const { format, width, height } = await sharp(bytes).metadata()
      expect(variants[index]).toEqual({ format, width, height, byteSize: bytes.length })
    }
  })

  it('look like what a decode of the original in that size looks like', async () => {
    const { bytes } = await fixture('photo')
    for (const file of (await stored('photo')).files.values()) {
      const { width, height } = await sharp(file).metadata()
      const shown = await reference(file, { width, height } as Parameters<typeof reference>[1])
      expect(distance(shown, await reference(bytes, shown))).toBeLessThan(4)
    }
  })

  it('hold nothing but pixels: no EXIF, XMP or profile, nor a word of them', async () => {
    const { bytes } = await fixture('taggedJpeg')
    expect(Buffer.from(bytes).includes(SECRETS[1])).toBe(true)
    expect(Object.keys(await sharp(bytes).metadata())).toEqual(expect.arrayContaining(['exif', 'xmp', 'icc']))
    for (const file of (await stored('taggedJpeg')).files.values()) {
      expect(webpChunks(file)).toEqual(['VP8 '])
      expect(Buffer.from(file).includes(SECRETS[1])).toBe(false)
    }
  })

  it('keep alpha', async () => {
    for (const file of (await stored('alphaPng')).files.values())
      expect(webpChunks(file)).toEqual(['VP8X', 'ALPH', 'VP8 '])
  })

  it.each(['animatedGif', 'animatedWebp'] as const)('of %s move as it does', async (name) => {
    const { files, variants } = await stored(name)
    expect(variants.map(({ width, height }) => [width, height])).toEqual([
      [320, 200],
      [160, 100],
    ])
    for (const file of files.values()) {
      const { pages, delay, loop } = await sharp(file).metadata()
      expect({ pages, delay, loop }).toEqual({ pages: 3, delay: ANIMATION.delaysMs, loop: ANIMATION.loop })
    }
  })

  it('of a tiny original are one, in its own size', async () => {
    expect((await stored('onePixel')).variants).toMatchObject([{ width: 1, height: 1 }])
    expect((await stored('icon')).variants).toMatchObject([{ width: 50, height: 50 }])
  })

  it('of a hairline keep its only pixel of width', async () => {
    const { variants } = await stored('hairline')
    expect(variants.map(({ width, height }) => [width, height])).toEqual([
      [1, 1920],
      [1, 1080],
      [1, 480],
      [1, 160],
    ])
  })

  it('fail when one of them could not be stored, after all were tried', async () => {
    const { raster, measured } = await decoded(await fixture('photo'))
    const tried: string[] = []
    const write = async (key: string) => {
      tried.push(key)
      if (key.endsWith('/1920.webp')) throw new Error('SlowDown')
    }
    await expect(storeVariants(raster, measured, MEDIA_KEY, { write })).rejects.toThrow('SlowDown')
    expect(tried).toHaveLength(4)
  })
})
