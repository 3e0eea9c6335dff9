import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { makeRasters } from '../../functions/lib/rasters.ts'
import { encodeLabelJpeg, storeVariants } from '../../functions/lib/store-variants.ts'
import { ANIMATION, fixture, SECRETS, type FixtureName } from '../fixtures/index.ts'
import { MEDIA_KEY } from './given.ts'
import { decoded, distance, nameOf, reference, webpChunks } from './picture-pixels.ts'

interface File {
  bytes: Uint8Array
  contentType: string
}

async function partsOf(name: FixtureName, setting?: string) {
  const { raster, measured, plan } = await decoded(await fixture(name), setting)
  const rasters = await makeRasters(raster, plan)
  const labelJpeg = await encodeLabelJpeg(rasters, plan)
  return { rasters, plan, animation: measured, labelJpeg, mediaKey: MEDIA_KEY }
}

/** Files by the end of their key, e.g. `1080.webp`, in the order in which they were stored. */
async function stored(name: FixtureName, setting?: string) {
  const files = new Map<string, File>()
  const parts = await partsOf(name, setting)
  const variants = await storeVariants(parts, {
    write: async (key, bytes, contentType) => void files.set(key.replace(PREFIX, ''), { bytes, contentType }),
  })
  return { files, variants, labelJpeg: parts.labelJpeg }
}

const PREFIX = `processed/${MEDIA_KEY}/`
const WEBP = 'webp:1920,1080,480,160'
const ALL_FORMATS = 'avif:480;webp:480;jpeg:480'

describe('variants', () => {
  it('are stored by long edge and format, and described as they are stored, in the order of the setting', async () => {
    const { files, variants } = await stored('photo')
    expect([...files.keys()]).toEqual(['1080.jpeg', '1920.webp', '1080.webp', '480.webp', '160.webp'])
    const names = variants.map(({ format, width }) => `${width}.${format}`)
    expect(names).toEqual(['1920.webp', '1080.webp', '480.webp', '160.webp', '1080.jpeg'])
    for (const [index, name] of names.entries()) {
      const { bytes, contentType } = files.get(name)!
      const { format, width, height } = await sharp(bytes).metadata()
      expect(variants[index]).toEqual({ format, width, height, byteSize: bytes.length })
      expect(contentType).toBe(`image/${format}`)
    }
  })

  it('of every format look like what a decode of the original in that size looks like', async () => {
    const { bytes: original } = await fixture('photo')
    for (const { bytes } of (await stored('photo', 'avif:480;webp:1080,160;jpeg:480')).files.values()) {
      const { width, height } = await sharp(bytes).metadata()
      const shown = await reference(bytes, { width, height } as Parameters<typeof reference>[1])
      expect(distance(shown, await reference(original, shown))).toBeLessThan(4)
    }
  })

  it('hold nothing but pixels: no EXIF, XMP or profile, nor a word of them', async () => {
    const { bytes: original } = await fixture('taggedJpeg')
    expect(Buffer.from(original).includes(SECRETS[1])).toBe(true)
    expect(Object.keys(await sharp(original).metadata())).toEqual(expect.arrayContaining(['exif', 'xmp', 'icc']))
    for (const [name, { bytes }] of (await stored('taggedJpeg')).files) {
      if (name.endsWith('.webp')) expect(webpChunks(bytes)).toEqual(['VP8 '])
      expect(Buffer.from(bytes).includes(SECRETS[1])).toBe(false)
    }
  })

  it('keep alpha, but for JPEG, which shows white below', async () => {
    const { files } = await stored('alphaPng', ALL_FORMATS)
    const corner = async (name: string) => [...(await sharp(files.get(name)!.bytes).raw().toBuffer()).subarray(0, 4)]
    expect(webpChunks(files.get('320.webp')!.bytes)).toEqual(['VP8X', 'ALPH', 'VP8 '])
    expect((await corner('320.webp'))[3]).toBe(0)
    expect((await corner('320.avif'))[3]).toBe(0)
    expect(Math.min(...(await corner('320.jpeg')).slice(0, 3))).toBeGreaterThan(250)
  })

  it.each(['animatedGif', 'animatedWebp'] as const)('of %s move as it does; its JPEG is the first frame', async (name) => {
    const { files } = await stored(name)
    expect([...files.keys()]).toEqual(['320.jpeg', '320.webp', '160.webp'])
    for (const [key, { bytes }] of files) {
      const { pages, delay, loop } = await sharp(bytes).metadata()
      if (key.endsWith('.webp')) {
        expect({ pages, delay, loop }).toEqual({ pages: 3, delay: ANIMATION.delaysMs, loop: ANIMATION.loop })
      } else {
        expect(pages).toBeUndefined()
        expect(nameOf([...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)])).toBe('red')
      }
    }
  })

  it('of an animation stand still where no format can move', async () => {
    const { files } = await stored('animatedGif', 'avif:160;jpeg:160')
    expect([...files.keys()]).toEqual(['160.avif', '160.jpeg'])
    for (const { bytes } of files.values()) {
      expect(nameOf([...(await sharp(bytes).raw().toBuffer()).subarray(0, 3)])).toBe('red')
    }
  })

  it('of a tiny original are one a format, in its own size', async () => {
    const sizes = async (name: FixtureName) =>
      (await stored(name, ALL_FORMATS)).variants.map(({ format, width, height }) => [format, width, height])
    expect(await sizes('onePixel')).toEqual([['avif', 1, 1], ['webp', 1, 1], ['jpeg', 1, 1]])
    expect(await sizes('icon')).toEqual([['avif', 50, 50], ['webp', 50, 50], ['jpeg', 50, 50]])
  })

  it('of a hairline keep its only pixel of width', async () => {
    const { variants } = await stored('hairline', WEBP)
    expect(variants.map(({ width, height }) => [width, height])).toEqual([
      [1, 1920],
      [1, 1080],
      [1, 480],
      [1, 160],
    ])
  })

  it('fail when one of them could not be stored, after all have ended', async () => {
    const ended: string[] = []
    const write = async (key: string) => {
      if (key.endsWith('/1920.webp')) throw new Error('SlowDown')
      await new Promise((resolve) => setImmediate(resolve))
      ended.push(key)
    }
    await expect(storeVariants(await partsOf('photo', WEBP), { write })).rejects.toThrow('SlowDown')
    expect(ended).toHaveLength(3)
  })
})

describe('the picture that is labelled', () => {
  it('is a variant, where one of its size is made', async () => {
    const { files, labelJpeg } = await stored('photo')
    expect(files.get('1080.jpeg')!.bytes).toBe(labelJpeg)
  })

  it('is made for it alone otherwise, and not stored', async () => {
    const { files, labelJpeg } = await stored('photo', 'webp:160;jpeg:480')
    expect([...files.keys()]).toEqual(['160.webp', '480.jpeg'])
    expect(await sharp(labelJpeg).metadata()).toMatchObject({ format: 'jpeg', width: 1080, height: 720 })
  })

  it('is none of a picture that is too small', async () => {
    expect((await stored('icon')).labelJpeg).toBeUndefined()
  })

  it('is the first frame of an animation', async () => {
    const { labelJpeg } = await stored('animatedGif')
    expect(await sharp(labelJpeg).metadata()).toMatchObject({ width: 320, height: 200, space: 'srgb' })
  })
})
