import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { LABEL_JPEG_QUALITY } from '../../functions/lib/label-picture.ts'
import { longEdgeOf, withLongEdge } from '../../functions/lib/picture-sizes.ts'
import { WEBP_EFFORT, WEBP_QUALITY } from '../../functions/lib/store-variants.ts'
import { dominantColor } from '../../functions/lib/dominant-color.ts'
import type { Prepare } from './contender.ts'
import { planFor } from './plan.ts'

/** Sides of what placeholder and colour are made from, in pixels. */
const THUMBHASH_LONG_EDGE = 100
const COLOR_LONG_EDGE = 160

/** What most code does: every output decodes the original again. Encoders are set as the product's. */
export const prepare: Prepare = prepareWith({ quality: WEBP_QUALITY, effort: WEBP_EFFORT })

/** @param webp settings of the encoder; left out: sharp's defaults */
export function prepareWith(webp: { quality?: number; effort?: number }): Prepare {
  return async (path) => {
    const bytes = await readFile(path)
    const plan = await planFor(bytes)
    const decode = (width: number, height: number) => sharp(bytes).autoOrient().resize(width, height, { fit: 'fill' })
    return async () => {
      const variants = []
      for (const size of plan.variants) {
        variants.push({
          longEdge: longEdgeOf(size),
          bytes: await decode(size.width, size.height).webp(webp).toBuffer(),
        })
      }
      const { width, height } = plan.label
      const label = await decode(width, height).jpeg({ quality: LABEL_JPEG_QUALITY }).toBuffer()
      const tiny = withLongEdge(plan.label, THUMBHASH_LONG_EDGE)
      rgbaToThumbHash(tiny.width, tiny.height, await decode(tiny.width, tiny.height).ensureAlpha().raw().toBuffer())
      const small = withLongEdge(plan.label, COLOR_LONG_EDGE)
      const data = await decode(small.width, small.height).toColourspace('srgb').raw().toBuffer()
      dominantColor({ ...small, data, channels: 3, frames: 1 })
      return { variants, label }
    }
  }
}
