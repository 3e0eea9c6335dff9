import sharp from 'sharp'
import { LABEL_JPEG_QUALITY } from '../../functions/lib/label-picture.ts'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { fromRaster, toRaster, type Raster } from '../../functions/lib/raster.ts'
import { WEBP_EFFORT, WEBP_QUALITY } from '../../functions/lib/store-variants.ts'
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
  for (const size of plan.variants) rasters.push(await toRaster(full.clone(), size, 1))
  const label = await toRaster(full.clone(), plan.label, 1)
  // The only way to have libvips decode at a scale and do nothing else; the path is the bench's own.
  const scaled = `${path}[shrink=${plan.decodeShrink}]`
  return async () => {
    await sharp(scaled, { failOn: 'warning', sequentialRead: true }).raw().toBuffer()
    const variants = []
    for (const raster of rasters) {
      variants.push({
        longEdge: longEdgeOf(raster),
        bytes: await fromRaster(raster).webp({ quality: WEBP_QUALITY, effort: WEBP_EFFORT }).toBuffer(),
      })
    }
    return { variants, label: await fromRaster(label).jpeg({ quality: LABEL_JPEG_QUALITY }).toBuffer() }
  }
}
