import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { decodePicture } from '../functions/lib/decode-picture.ts'
import { measurePicture } from '../functions/lib/measure-picture.ts'
import { longEdgeOf } from '../functions/lib/picture-sizes.ts'
import { fromRaster, type Raster } from '../functions/lib/raster.ts'
import { makeRasters } from '../functions/lib/rasters.ts'
import { planVariants } from '../functions/lib/variant-plan.ts'
import { VARIANT_LONG_EDGES } from '../functions/lib/variant-settings.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { ENCODERS, IN_USE, type Encoder } from './formats/encoders.ts'
import { atSsim, type Point } from './formats/equal-quality.ts'
import { paysFrom, priceOf } from './formats/price.ts'
import { median } from './median.ts'
import { findPhotos } from './photos.ts'
import { ssim, type Grey } from './ssim.ts'
import { table } from './table.ts'

/**
 * The pixels of each variant, as the product makes them, through every encoder at three qualities. What each encoder
 * would need for the SSIM of what is in use is interpolated, and bytes and CPU time are compared there. SSIM of grey
 * values: it does not see colour, and likes blur more than people do. A difference below 5 % says nothing. Ratios are
 * medians over the photographs: on one that is hardly more than gradients, encoders differ in other ways.
 */
export const question = 'which format, effort and quality for which variant?'

const DEFAULT_PHOTOS = 3
const DEFAULT_ROUNDS = 3
/** Encodes that took longer are not repeated: their time stands out of the noise. */
const LONG_ENCODE_MS = 300
const US_PER_MS = 1_000
const BYTES_PER_KB = 1_000

/** How often a variant may be looked at: the more, the more its bytes weigh against its making. */
const VIEWS = [0, 1, 10, 100, 10_000]

/** What an encoder came to on one variant of one photograph, at the SSIM of what is in use. */
interface Sample {
  encoder: string
  longEdge: number
  quality: number
  bytes: number
  cpuMs: number
}

export async function* bench(options: BenchOptions): AsyncGenerator<string> {
  const { rounds = DEFAULT_ROUNDS, photos: folder, most = DEFAULT_PHOTOS } = options
  const photos = await findPhotos(folder, most)
  yield* conditions(['sharp'])
  const { webp, heif, mozjpeg } = sharp.versions as Record<string, string | undefined>
  yield `encoders  libwebp ${webp ?? '?'}, libheif ${heif ?? '?'} (AV1 by aom), mozjpeg ${mozjpeg ?? '?'}`
  yield `photos    ${photos.map(({ name, width, height }) => `${name} ${width} x ${height}`).join(', ')}`
  yield `task      ${photos.length} photographs, each encode ${rounds} times (once above ${LONG_ENCODE_MS} ms); medians`
  const samples: Sample[] = []
  for (const { path } of photos) {
    for (const raster of await rastersOf(path)) samples.push(...await compare(raster, rounds))
  }
  for (const longEdge of new Set(samples.map((sample) => sample.longEdge))) {
    yield ''
    yield sizeTable(longEdge, samples)
  }
  yield ''
  yield `cheapest at the SSIM of ${IN_USE.name} q${IN_USE.quality}, in dollars: made, kept for a year, sent so often`
  yield recommendation(samples)
  yield ''
  yield `views from which it pays, instead of ${IN_USE.name} / besides it, each of a client that can show it`
  yield breakEven(samples)
  yield ''
  yield 'Dollars only: AVIF and WebP are not shown by every client, and AVIF takes viewers longer to decode than WebP.'
}

/** Pixels of the variants, each from the next larger one, as the product makes them. */
async function rastersOf(path: string): Promise<Raster[]> {
  const bytes = await readFile(path)
  const measured = await measurePicture(bytes, 'jpeg')
  const plan = planVariants(measured, [{ format: 'webp', longEdges: [...VARIANT_LONG_EDGES] }])
  const raster = await decodePicture(bytes, measured, { size: plan.decoded, frames: plan.frames })
  return [...(await makeRasters(raster, plan)).still.values()]
}

async function compare(raster: Raster, rounds: number): Promise<Sample[]> {
  const original = await greyOf(await fromRaster(raster).png({ compressionLevel: 0 }).toBuffer(), raster)
  const points = new Map<string, Point[]>()
  for (const encoder of ENCODERS) points.set(encoder.name, await tryQualities(encoder, raster, original, rounds))
  const target = points.get(IN_USE.name)?.find(({ quality }) => quality === IN_USE.quality)
  if (!target) throw new Error(`expected ${IN_USE.name} to be tried at quality ${IN_USE.quality}`)
  return [...points].map(([encoder, tried]) => ({
    encoder,
    longEdge: longEdgeOf(raster),
    ...atSsim(tried, target.ssim),
  }))
}

async function tryQualities(
  { encode, qualities }: Encoder,
  raster: Raster,
  original: Grey,
  rounds: number,
): Promise<Point[]> {
  const points: Point[] = []
  for (const quality of qualities) {
    const times: number[] = []
    let encoded: Uint8Array = new Uint8Array()
    do {
      const before = process.cpuUsage()
      encoded = await encode(raster, quality)
      const { user, system } = process.cpuUsage(before)
      times.push((user + system) / US_PER_MS)
    } while (times.length < rounds && median(times) < LONG_ENCODE_MS)
    points.push({
      quality,
      bytes: encoded.length,
      cpuMs: median(times),
      ssim: ssim(original, await greyOf(encoded, raster)),
    })
  }
  return points
}

async function greyOf(encoded: Uint8Array, { width, height }: Raster): Promise<Grey> {
  return { data: await sharp(encoded).greyscale().raw().toBuffer(), width, height }
}

/** The samples of one encoder beside those of the encoder in use, photograph by photograph. */
function pairsOf(encoder: string, longEdge: number, samples: Sample[]): { theirs: Sample; base: Sample }[] {
  const of = (name: string) => samples.filter((sample) => sample.encoder === name && sample.longEdge === longEdge)
  const bases = of(IN_USE.name)
  return of(encoder).flatMap((theirs, index) => {
    const base = bases[index]
    return base ? [{ theirs, base }] : []
  })
}

function sizeTable(longEdge: number, samples: Sample[]): string {
  const rows = ENCODERS.map(({ name }) => {
    const pairs = pairsOf(name, longEdge, samples)
    const bytes = pairs.map(({ theirs, base }) => theirs.bytes / base.bytes)
    return [
      name,
      median(pairs.map(({ theirs }) => theirs.quality)).toFixed(0),
      median(bytes).toFixed(2),
      `${Math.min(...bytes).toFixed(2)} to ${Math.max(...bytes).toFixed(2)}`,
      median(pairs.map(({ theirs, base }) => theirs.cpuMs / base.cpuMs)).toFixed(2),
      median(pairs.map(({ theirs }) => theirs.cpuMs)).toFixed(1),
      (median(pairs.map(({ theirs }) => theirs.bytes)) / BYTES_PER_KB).toFixed(1),
    ]
  })
  return table([`${longEdge} px, of ${IN_USE.name}`, 'quality', 'bytes', 'least to most', 'CPU', 'CPU ms', 'kB'], rows)
}

function recommendation(samples: Sample[]): string {
  const longEdges = [...new Set(samples.map((sample) => sample.longEdge))]
  const rows = longEdges.map((longEdge) => [
    `${longEdge} px`,
    ...VIEWS.map((views) => cheapest(longEdge, views, samples)),
  ])
  return table(['variant', ...VIEWS.map((views) => `${views} views`)], rows)
}

/** Encoders that could be added for their smaller files. */
const SMALLER = ENCODERS.map(({ name }) => name).filter((name) => name.startsWith('avif'))

function breakEven(samples: Sample[]): string {
  const longEdges = [...new Set(samples.map((sample) => sample.longEdge))]
  const rows = longEdges.map((longEdge) => [
    `${longEdge} px`,
    ...SMALLER.map((name) => {
      const views = pairsOf(name, longEdge, samples).map(({ theirs, base }) => paysFrom(theirs, base))
      const middle = (of: (one: (typeof views)[number]) => number) => inViews(median(views.map(of)))
      return `${middle(({ instead }) => instead)} / ${middle(({ besides }) => besides)}`
    }),
  ])
  return table(['variant', ...SMALLER], rows)
}

function inViews(views: number): string {
  return Number.isFinite(views) ? Math.ceil(views).toLocaleString('en') : 'never'
}

/** The encoder of the least price over all photographs, with what it costs of what the one in use does. */
function cheapest(longEdge: number, views: number, samples: Sample[]): string {
  const ranked = ENCODERS.map(({ name }) => {
    const pairs = pairsOf(name, longEdge, samples)
    const ratios = pairs.map(({ theirs, base }) => priceOf(theirs, views) / priceOf(base, views))
    return { name, ratio: median(ratios) }
  }).sort((a, b) => a.ratio - b.ratio)
  const [best] = ranked
  return best ? `${best.name} ${best.ratio.toFixed(2)}` : ''
}
