import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { readOriginal } from '../../client/original.ts'
import type { Fixture } from '../fixtures/index.ts'

/** Sides in pixels: 2 to 4 megapixels, as messengers and older phones send them. */
const SIDES = [
  { width: 2_400, height: 1_600 },
  { width: 1_536, height: 2_048 },
  { width: 1_632, height: 1_224 },
] as const

/** Most uploads are JPEG, as good as cameras make it. */
const FORMATS = ['jpeg', 'jpeg', 'png', 'jpeg', 'webp', 'jpeg'] as const
const JPEG_QUALITY = 92

/** Distinct pictures that are made. */
const COUNT = 12

/** Shapes: how many lie across a picture, and the standard deviation of their colours in steps of 256. */
const SHAPES = [
  { across: 5, sigma: 50 },
  { across: 30, sigma: 25 },
  { across: 600, sigma: 15 },
] as const

/** Grain of a sensor, drawn once on a tile of so many pixels a side. */
const GRAIN = { side: 256, sigma: 3 } as const

/** Pictures of the sizes and the busyness of photographs, each another one, drawn by code. */
export function drawPictures(): Promise<Fixture[]> {
  return Promise.all(Array.from({ length: COUNT }, (_, number) => draw(number)))
}

async function draw(number: number): Promise<Fixture> {
  const size = SIDES[number % SIDES.length]!
  const format = FORMATS[number % FORMATS.length]!
  const raw = { ...size, channels: 3 as const }
  const [ground, ...details] = await Promise.all(
    SHAPES.map(async ({ across, sigma }) => {
      const coarse = await noise({ width: across, height: Math.round((across * size.height) / size.width) }, sigma)
      return coarse.resize({ ...size, fit: 'fill' }).raw().toBuffer()
    }),
  )
  const grain = await (await noise({ width: GRAIN.side, height: GRAIN.side }, GRAIN.sigma)).png().toBuffer()
  const bytes = await sharp(ground, { raw })
    .composite([
      ...details.map((input) => ({ input, raw, blend: 'soft-light' as const })),
      { input: grain, tile: true, blend: 'soft-light' },
    ])
    .toFormat(format, format === 'jpeg' ? { quality: JPEG_QUALITY } : {})
    .toBuffer()
  return { bytes, contentType: `image/${format}` }
}

/** Noise about the middle grey, in colour. */
async function noise({ width, height }: { width: number; height: number }, sigma: number) {
  const raw = { width, height, channels: 3 as const }
  const drawn = sharp({ create: { ...raw, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma } } })
  // Drawn at its own size first: a resize of the same pipeline would be drawn at the size that comes out.
  return sharp(await drawn.raw().toBuffer(), { raw })
}

/**
 * The pictures of a folder and below it, whatever their sizes.
 * @throws Error when there are none
 */
export async function readPictures(folder: string): Promise<Fixture[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const pictures: Fixture[] = []
  for (const path of paths.sort()) {
    const { contentType } = await readOriginal(path)
    if (/^image\/(?!svg)/.test(contentType)) pictures.push({ bytes: await readFile(path), contentType })
  }
  if (pictures.length === 0) throw new Error(`expected pictures in ${folder}, found none`)
  return pictures
}
