import sharp, { type Sharp } from 'sharp'
import { fixture, type Fixture } from '../fixtures/index.ts'

/** Sides of what phones and cameras make, in pixels: 12 megapixels. */
const CAMERA = { width: 4_000, height: 3_000 } as const

/** Pixels of the photograph by their width: made once. */
const photographs = new Map<number, Promise<Buffer>>()

/** The fixtures' photograph in another size, with grain of its own: compressed, it is as large as a photograph. */
async function photograph({ width, height }: { width: number; height: number }): Promise<Sharp> {
  const raw = { width, height, channels: 3 as const }
  const make = async () => {
    const { bytes } = await fixture('photo')
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 12 }
    const grain = await sharp({ create: { ...raw, background: 'grey', noise } }).raw().toBuffer()
    const resized = sharp(bytes).resize(width, height, { fit: 'fill' })
    return resized.composite([{ input: grain, raw, blend: 'soft-light' }]).removeAlpha().raw().toBuffer()
  }
  const data = photographs.get(width) ?? make()
  photographs.set(width, data)
  return sharp(await data, { raw })
}

const half = { width: CAMERA.width / 2, height: CAMERA.height / 2 }

/** One of everything that is uploaded, each of the size that it usually has, and the hard cases among them. */
const PICTURES: Record<string, () => Promise<Fixture>> = {
  jpeg: async () => jpeg(await photograph(CAMERA), {}),
  'progressive jpeg': async () => jpeg(await photograph(CAMERA), { progressive: true }),
  'turned jpeg': async () => jpeg((await photograph(CAMERA)).withMetadata({ orientation: 6 }), {}),
  'display p3 jpeg': async () => jpeg((await photograph(CAMERA)).withIccProfile('p3'), {}),
  'cmyk jpeg': async () => jpeg((await photograph(half)).toColourspace('cmyk'), {}),
  png: async () => as('png', (await photograph(half)).png({ compressionLevel: 1 })),
  'deep interlaced png': async () =>
    as('png', (await photograph(half)).toColourspace('rgb16').png({ progressive: true, compressionLevel: 1 })),
  webp: async () => as('webp', (await photograph(half)).webp({ effort: 0 })),
  avif: async () => as('avif', (await photograph(half)).avif({ effort: 0 })),
  tiff: async () => as('tiff', (await photograph(half)).tiff({ compression: 'lzw' })),
  gif: async () => {
    const frame = await (await photograph({ width: 480, height: 360 })).png().toBuffer()
    return as('gif', sharp(Array<Buffer>(12).fill(frame), { join: { animated: true } }).gif({ effort: 1 }))
  },
  heic: () => fixture('taggedHeic'),
  'too many pixels': () => fixture('manyPixelsPng'),
  truncated: () => fixture('truncatedJpeg'),
}

async function jpeg(picture: Sharp, options: { progressive?: boolean }): Promise<Fixture> {
  return as('jpeg', picture.jpeg({ quality: 85, ...options }))
}

async function as(format: string, picture: Sharp): Promise<Fixture> {
  return { bytes: await picture.toBuffer(), contentType: `image/${format}` }
}

/** Made one after the other, each once: some seconds. */
export async function mixedPictures(): Promise<Fixture[]> {
  const made: Fixture[] = []
  for (const make of Object.values(PICTURES)) made.push(await make())
  return made
}
