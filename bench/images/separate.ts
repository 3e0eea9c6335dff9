import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { palette } from '../../functions/lib/palette.ts'
import { perceptualHash } from '../../functions/lib/perceptual-hash.ts'
import { longEdgeOf, withLongEdge } from '../../functions/lib/picture-sizes.ts'
import { makeThumbhash } from '../../functions/lib/placeholder.ts'
import type { Raster, Size } from '../../functions/lib/raster.ts'
import { JPEG_QUALITY, WEBP_EFFORT, WEBP_QUALITY } from '../../functions/lib/variant-formats.ts'
import type { Developed, Prepare } from './contender.ts'
import { planFor } from './plan.ts'

/** Sides of what placeholder, and colours and hash are made from, in pixels. */
const THUMBHASH_LONG_EDGE = 100
const DESCRIBED_LONG_EDGE = 160

/** What most code does: every output decodes the original again. Encoders are set as the product's. */
export const prepare: Prepare = prepareWith({ quality: WEBP_QUALITY, effort: WEBP_EFFORT })

/** @param options settings of the encoder of WebP; left out: sharp's defaults */
export function prepareWith(options: { quality?: number; effort?: number }): Prepare {
  return async (path) => {
    const bytes = await readFile(path)
    const plan = await planFor(bytes)
    const decode = ({ width, height }: Size) => sharp(bytes).autoOrient().resize(width, height, { fit: 'fill' })
    const pixels = async (longEdge: number): Promise<Raster> => {
      const size = withLongEdge(plan.jpeg, longEdge)
      return { ...size, data: await decode(size).toColourspace('srgb').raw().toBuffer(), channels: 3, frames: 1 }
    }
    return async () => {
      const webp: Developed['webp'] = []
      for (const size of plan.webp) {
        webp.push({ longEdge: longEdgeOf(size), bytes: await decode(size).webp(options).toBuffer() })
      }
      const jpeg = await decode(plan.jpeg).jpeg({ quality: JPEG_QUALITY }).toBuffer()
      createHash('sha256').update(bytes).digest('hex')
      makeThumbhash(await pixels(THUMBHASH_LONG_EDGE))
      palette(await pixels(DESCRIBED_LONG_EDGE))
      await perceptualHash(await pixels(DESCRIBED_LONG_EDGE))
      return { webp, jpeg: { longEdge: longEdgeOf(plan.jpeg), bytes: jpeg } }
    }
  }
}
