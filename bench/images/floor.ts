import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { measurePicture } from '../../functions/lib/measure-picture.ts'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { makeRasters, rasterOf, type Rasters } from '../../functions/lib/rasters.ts'
import { encodeVariant } from '../../functions/lib/variant-formats.ts'
import { planVariants } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'
import type { Developed, Prepare } from './contender.ts'
import { planFor, type Plan } from './plan.ts'

/**
 * What no arrangement can do without: the original decoded once, at the chosen scale, and each output encoded, from
 * the product's own pixels, which were made beforehand. No resizing, no colours, no hashes, no checks.
 */
export const prepare: Prepare = async (path) => {
  const plan = await planFor(path)
  const bytes = await readFile(path)
  const measured = await measurePicture(bytes, 'jpeg')
  const sizes = planVariants(measured, parseVariants(DEFAULT_VARIANTS))
  const { still } = await makeRasters(await decodePicture(bytes, measured, { size: sizes.decoded, frames: 1 }), sizes)
  // The only way to have libvips decode at a scale and do nothing else; the path is the bench's own.
  const scaled = `${path}[shrink=${plan.decodeShrink}]`
  return async () => {
    await sharp(scaled, { failOn: 'warning', sequentialRead: true }).raw().toBuffer()
    return encodeAll(still, plan)
  }
}

/** Each output, one after the other, of pixels that are there already. */
export async function encodeAll(rasters: Rasters['still'], plan: Plan): Promise<Developed> {
  const jpeg = { longEdge: longEdgeOf(plan.jpeg), bytes: await encodeVariant(rasterOf(rasters, plan.jpeg), 'jpeg') }
  const webp = []
  for (const size of plan.webp) {
    webp.push({ longEdge: longEdgeOf(size), bytes: await encodeVariant(rasterOf(rasters, size), 'webp') })
  }
  return { webp, jpeg }
}
