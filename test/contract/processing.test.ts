import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { ImagePartsFragment } from '../../generated/client.ts'
import { fixture, orientedJpeg, PHOTO, QUADRANTS, SMALL, type Fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { givenPerson } from './given/target.ts'
import { develop, imageOf } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** Formats and longest sides in pixels, where the original is as large. */
const VARIANTS = parseVariants(process.env.CONTRACT_VARIANTS ?? DEFAULT_VARIANTS)
/** Which of red, green and blue are bright. */
const CHANNELS = {
  red: [true, false, false], lime: [false, true, false], blue: [false, false, true], white: [true, true, true],
} satisfies Record<(typeof QUADRANTS)[keyof typeof QUADRANTS], boolean[]>
/** Most colours of a palette. Source: schema.graphql, `Image`. */
const MAX_PALETTE = 6
/** Half of a channel's 8 bits. */
const MID_GREY = 127

const PICTURES = {
  JPEG: () => fixture('photo'),
  PNG: () => fixture('alphaPng'),
  WebP: () => fixture('webp'),
  GIF: () => fixture('animatedGif'),
  'JPEG on its side': () => orientedJpeg(6),
  icon: () => fixture('icon'),
} satisfies Record<string, () => Promise<Fixture>>
type PictureName = keyof typeof PICTURES
const FORMATS = ['JPEG', 'PNG', 'WebP', 'GIF'] as const

const NO_PICTURES = {
  'a text file': () => fixture('textAsJpeg'),
  'a page of HTML': () => fixture('htmlAsPng'),
  'an SVG': () => fixture('svg'),
  'half a JPEG': () => fixture('truncatedJpeg'),
  'too many pixels': () => fixture('manyPixelsPng'),
} satisfies Record<string, () => Promise<Fixture>>

let owner: Person
const originals = new Map<string, Fixture>()
const images = new Map<string, ImagePartsFragment>()
beforeAll(async () => {
  owner = await givenPerson('processing')
  for (const [name, make] of Object.entries({ ...PICTURES, ...NO_PICTURES })) originals.set(name, await make())
  const developed = await develop(owner, [...originals.values()])
  for (const [index, name] of [...originals.keys()].entries()) images.set(name, developed[index]!)
})
const ready = (name: PictureName) => images.get(name)!

describe('a picture ends READY', () => {
  it.each(FORMATS)('%s', (name) => {
    const { bytes } = originals.get(name)!
    expect(ready(name)).toMatchObject({
      owner: owner.sub,
      status: 'READY',
      failure: null,
      byteSize: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      ...(name === 'JPEG' ? PHOTO : SMALL),
      thumbhash: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
      processedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    })
    expect(ready(name).version).toBeGreaterThan(1)
  })

  it.each(FORMATS)('%s: what the subscriber heard is what is stored', async (name) => {
    expect(await imageOf(owner, ready(name).id)).toEqual(ready(name))
  })

  it('with variants, in each format largest first, none larger than the original', () => {
    for (const name of FORMATS) {
      const { variants, width, height } = ready(name)
      expect(variants.length).toBeGreaterThan(0)
      for (const format of new Set(variants.map((variant) => variant.format))) {
        const areas = variants.filter((variant) => variant.format === format).map((each) => each.width * each.height)
        expect(areas).toEqual([...areas].sort((a, b) => b - a))
        expect(areas[0]).toBeLessThanOrEqual(width! * height!)
      }
    }
  })

  it(`with variants of the deployment's choice: ${EXCEPTIONS.variants.held}`, () => {
    const made = VARIANTS.map(({ format }) => ({
      format,
      longEdges: ready('JPEG').variants.filter((variant) => variant.format === format).map(({ width }) => width),
    }))
    expect(made).toEqual(VARIANTS)
  })

  it.each(FORMATS)('%s: with a srcset a format, of all its variants', (name) => {
    const { variants, srcsets } = ready(name)
    expect(srcsets.map(({ format }) => format)).toEqual([...new Set(variants.map(({ format }) => format))])
    for (const { format, contentType, srcset } of srcsets) {
      expect(contentType).toBe(`image/${format}`)
      const candidates = variants.filter((variant) => variant.format === format)
      expect(srcset).toBe(candidates.map(({ url, width }) => `${url} ${width}w`).join(', '))
    }
  })

  it.each(FORMATS)('%s: and what is seen of its pixels', (name) => {
    const { dominantColor, palette, isAnimated, hasAlpha, perceptualHash } = ready(name)
    expect(palette[0]).toBe(dominantColor)
    expect([isAnimated, hasAlpha]).toEqual([name === 'GIF', name === 'PNG'])
    expect(palette.length).toBeLessThanOrEqual(MAX_PALETTE)
    for (const color of palette) expect(color).toMatch(/^#[0-9a-f]{6}$/)
    // The frames of the animation are of one colour each: too little to tell it from others.
    expect(perceptualHash).toEqual(name === 'GIF' ? null : expect.stringMatching(/^[0-9a-f]{16}$/))
  })

  it.each(FORMATS)('%s: every variant is what it says it is', async (name) => {
    for (const { url, width, height, format, byteSize } of ready(name).variants) {
      const response = await fetch(url)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, `image/${format}`])
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes.byteLength).toBe(byteSize)
      const metadata = await sharp(bytes).metadata()
      expect([metadata.format, metadata.width, metadata.pageHeight ?? metadata.height]).toEqual([format, width, height])
      expect([metadata.exif, metadata.xmp]).toEqual([undefined, undefined])
    }
  })

  it('upright, whatever way the camera was held', async () => {
    const image = ready('JPEG on its side')
    expect(image).toMatchObject({ status: 'READY', ...SMALL })
    const variant = await (await fetch(image.variants[0]!.url)).arrayBuffer()
    // One pixel a quadrant, RGB.
    const pixels = await sharp(Buffer.from(variant)).removeAlpha().resize(2, 2, { fit: 'fill' }).raw().toBuffer()
    const isBright = [...pixels].map((channel) => channel > MID_GREY)
    expect(isBright).toEqual([QUADRANTS.topLeft, QUADRANTS.topRight, QUADRANTS.bottomLeft, QUADRANTS.bottomRight]
      .flatMap((color) => CHANNELS[color]))
  })
})

describe(`labels: ${EXCEPTIONS.labels.held}`, () => {
  it('of a picture that is large enough', () => {
    const { labelsStatus, labels } = ready('JPEG')
    expect(labelsStatus).toBe('READY')
    for (const { name, confidence, instances } of labels) {
      expect(name).not.toBe('')
      for (const percent of [confidence, ...instances.map((instance) => instance.confidence)]) {
        expect(percent).toBeGreaterThanOrEqual(0)
        expect(percent).toBeLessThanOrEqual(100)
      }
    }
    const confidences = labels.map(({ confidence }) => confidence)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
  })

  it('are skipped, and said to be, for a picture that Rekognition does not take', () => {
    expect(ready('icon')).toMatchObject({ status: 'READY', labelsStatus: 'SKIPPED_TOO_SMALL', labels: [] })
  })
})

describe('a file that is no picture ends REJECTED', () => {
  it.each(Object.keys(NO_PICTURES))('%s', async (name) => {
    const image = images.get(name)!
    expect(image).toMatchObject({
      status: 'REJECTED',
      variants: [],
      labels: [],
      thumbhash: null,
      failure: { code: expect.stringMatching(/^[A-Z_]+$/), message: expect.stringMatching(/.{10,}/), retryable: false },
      processedAt: expect.any(String),
    })
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it('a text file by the code UNSUPPORTED_FORMAT', () => {
    expect(images.get('a text file')!.failure!.code).toBe('UNSUPPORTED_FORMAT')
  })
})
