import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { ANIMATION, fixture, SMALL, type Fixture } from '../fixtures/index.ts'
import { developed } from './developed.ts'

/** libvips' own choice for TIFF, JPEG inside, knows neither alpha nor 16 bits. */
const encoded = (file: Sharp, format: 'png' | 'webp' | 'avif' | 'tiff') =>
  (format === 'tiff' ? file.tiff({ compression: 'lzw' }) : file.toFormat(format)).toBuffer()

/** Formats that show what is see-through; the fallback has a ground instead. */
const SEE_THROUGH = /\.(webp|avif|png)$/

describe('transparency', () => {
  it.each(['png', 'webp', 'avif', 'tiff'] as const)('of %s is kept', async (format) => {
    const { bytes } = await fixture('alphaPng')
    const made = await encoded(sharp(bytes), format)
    const { outcome, files } = await developed({ bytes: made, contentType: `image/${format}` })
    expect(outcome.status).toBe('READY')
    for (const [key, file] of files) {
      if (!SEE_THROUGH.test(key)) continue
      const { channels } = await sharp(file).stats()
      expect(channels).toHaveLength(4)
      expect(channels[3]).toMatchObject({ min: 0 })
      expect(channels[3]!.max).toBeGreaterThan(250)
    }
  })

  it('of a GIF is kept', async () => {
    const bytes = await sharp((await fixture('alphaPng')).bytes)
      .gif()
      .toBuffer()
    const { files } = await developed({ bytes, contentType: 'image/gif' })
    for (const [key, file] of files) {
      if (SEE_THROUGH.test(key)) expect((await sharp(file).stats()).isOpaque).toBe(false)
    }
  })
})

describe('an animation', () => {
  it.each(['animatedGif', 'animatedWebp'] as const)('%s keeps frames, delays and loops', async (name) => {
    const { outcome, files } = await developed(await fixture(name))
    expect(outcome.status).toBe('READY')
    const moving = [...files].filter(([key]) => key.endsWith('.webp'))
    expect(moving.length).toBeGreaterThan(0)
    for (const [, file] of moving) {
      const { pages, delay, loop } = await sharp(file).metadata()
      expect({ pages, delay, loop }).toEqual({
        pages: ANIMATION.delaysMs.length,
        delay: ANIMATION.delaysMs,
        loop: ANIMATION.loop,
      })
    }
  })

  it('of more pixels than the budget over all frames is refused', async () => {
    const frame = { create: { width: 4_000, height: 4_000, channels: 3 as const, background: 'red' } }
    const frames = await Promise.all(
      ['red', 'lime', 'blue', 'red'].map((background) =>
        sharp({ create: { ...frame.create, background } })
          .png({ compressionLevel: 1 })
          .toBuffer(),
      ),
    )
    const bytes = await sharp(frames, { join: { animated: true }, limitInputPixels: false })
      .gif({ effort: 1 })
      .toBuffer()
    const { outcome, files } = await developed({ bytes, contentType: 'image/gif' })
    expect(outcome.failure?.code).toBe('TOO_MANY_PIXELS')
    expect(files.size).toBe(0)
  })
})

describe('depth and shape', () => {
  it.each(['png', 'tiff'] as const)('16 bits a channel in %s become 8, with the same tones', async (format) => {
    const bytes = await encoded(sharp((await fixture('baselineJpeg')).bytes).toColourspace('rgb16'), format)
    expect((await sharp(bytes).metadata()).depth).toBe('ushort')
    const { outcome, files } = await developed({ bytes, contentType: `image/${format}` })
    expect(outcome).toMatchObject({ status: 'READY', ...SMALL })
    const [file] = [...files.values()]
    const [shown, stored] = await Promise.all([
      sharp(file).stats(),
      sharp((await fixture('baselineJpeg')).bytes).stats(),
    ])
    shown.channels.forEach(({ mean }, index) => expect(Math.abs(mean - stored.channels[index]!.mean)).toBeLessThan(3))
  })

  it('1 x 1 has one variant of 1 x 1', async () => {
    const { outcome, files } = await developed(await fixture('onePixel'))
    expect(outcome).toMatchObject({ status: 'READY', width: 1, height: 1, labelsStatus: 'SKIPPED_TOO_SMALL' })
    expect(files.size).toBeGreaterThan(0)
    for (const { width, height } of outcome.variants!) expect({ width, height }).toEqual({ width: 1, height: 1 })
  })

  it.each([
    [1, 60_000],
    [60_000, 1],
  ])('%i x %i becomes lines of one pixel', async (width, height) => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: '#a0b0c0' } })
      .png()
      .toBuffer()
    const { outcome } = await developed({ bytes, contentType: 'image/png' })
    expect(outcome).toMatchObject({ status: 'READY', width, height })
    for (const variant of outcome.variants!) expect(Math.min(variant.width, variant.height)).toBe(1)
  })

  it('of a TIFF with several pages the first counts', async () => {
    const pages = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { ...SMALL, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const bytes = await sharp(pages, { join: { animated: true } })
      .tiff()
      .toBuffer()
    const { outcome } = await developed({ bytes, contentType: 'image/tiff' })
    expect(outcome).toMatchObject({ status: 'READY', ...SMALL, dominantColor: '#fe0000' })
  })
})

describe('what is not what it says', () => {
  const FORMATS = ['baselineJpeg', 'alphaPng', 'webp', 'animatedGif', 'avif', 'tiff'] as const

  it.each(FORMATS)('%s under any other name is refused', async (name) => {
    const { bytes, contentType } = await fixture(name)
    for (const other of FORMATS) {
      const declared = (await fixture(other)).contentType
      if (declared === contentType) continue
      const { outcome } = await developed({ bytes, contentType: declared })
      expect(outcome.failure?.code).toBe('CONTENT_TYPE_MISMATCH')
    }
  })

  it('a polyglot is what its first bytes say, and its other half goes nowhere', async () => {
    const script = Buffer.from('<script>alert("SECRET-SCRIPT")</script>')
    const archive = Buffer.from('PK\u0003\u0004SECRET-ARCHIVE')
    for (const name of FORMATS) {
      const { bytes, contentType } = await fixture(name)
      const { outcome, files } = await developed({ bytes: Buffer.concat([bytes, script, archive]), contentType })
      if (outcome.status === 'REJECTED') expect(outcome.failure?.code).toBe('CORRUPT_IMAGE')
      else for (const file of files.values()) expect(file.includes('SECRET-')).toBe(false)
    }
  })

  it.each([
    ['a script before a picture', '<script>1</script>'],
    ['an archive before a picture', 'PK\u0003\u0004'],
    ['a PDF', '%PDF-1.7\n'],
  ])('%s is refused', async (_, head) => {
    const { bytes } = await fixture('baselineJpeg')
    const { outcome } = await developed({ bytes: Buffer.concat([Buffer.from(head), bytes]), contentType: 'image/jpeg' })
    expect(outcome.failure?.code).toBe('UNSUPPORTED_FORMAT')
  })

  it.each(['zeroBytes', 'textAsJpeg', 'htmlAsPng', 'svg', 'heifHead', 'jpegHeadOnly'] as const)(
    '%s is refused',
    async (name) => {
      const { outcome, files }: Awaited<ReturnType<typeof developed>> = await developed(
        (await fixture(name)) as Fixture,
      )
      expect(outcome).toMatchObject({ status: 'REJECTED', failure: { retryable: false } })
      expect(files.size).toBe(0)
    },
  )
})
