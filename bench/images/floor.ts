import sharp from 'sharp'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { toRaster, type Raster } from '../../functions/lib/raster.ts'
import { encodeVariant } from '../../functions/lib/variant-formats.ts'
import type { Prepare } from './contender.ts'
import { planFor } from './plan.ts'

/**
 * What no arrangement can do without: the original decoded once, at the chosen scale, and each output encoded, from
 * pixels that were made beforehand. No resizing, no colours, no hashes, no checks.
 */
export const prepare: Prepare = async (path) => {
  const plan = await planFor(path)
  const full = sharp(path).autoOrient()
  const rasters: Raster[] = []
  for (const size of plan.webp) rasters.push(await toRaster(full.clone(), size, 1))
  const forJpeg = await toRaster(full.clone(), plan.jpeg, 1)
  // The only way to have libvips decode at a scale and do nothing else; the path is the bench's own.
  const scaled = `${path}[shrink=${plan.decodeShrink}]`
  return async () => {
    await sharp(scaled, { failOn: 'warning', sequentialRead: true }).raw().toBuffer()
    const jpeg = { longEdge: longEdgeOf(forJpeg), bytes: await encodeVariant(forJpeg, 'jpeg') }
    const webp = []
    for (const raster of rasters) {
      webp.push({ longEdge: longEdgeOf(raster), bytes: await encodeVariant(raster, 'webp') })
    }
    return { webp, jpeg }
  }
}
