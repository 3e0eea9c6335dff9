import sharp, { type Sharp } from 'sharp'
import { longEdgeOf } from '../../functions/lib/picture-sizes.ts'
import { fromRaster, toRaster, type Raster, type Size } from '../../functions/lib/raster.ts'
import { ssim, type Grey } from '../ssim.ts'
import type { Developed } from './contender.ts'
import type { Plan } from './plan.ts'

/** The sharpest that there is: nobody's but the reference's. */
const KERNEL = 'lanczos3'

/** What the variants would be without a loss, by long edge: the whole original decoded, then resized once. */
export type Reference = Map<number, Grey>

export async function referenceOf(path: string, plan: Plan): Promise<Reference> {
  const { autoOrient: size } = await sharp(path).metadata()
  const whole = await toRaster(sharp(path).autoOrient(), size, 1, KERNEL)
  const reference: Reference = new Map()
  for (const variant of plan.webp) reference.set(longEdgeOf(variant), await greyOf(whole, variant))
  return reference
}

async function greyOf(whole: Raster, { width, height }: Size): Promise<Grey> {
  const small = await toRaster(fromRaster(whole), { width, height }, 1, KERNEL)
  return { data: await toGrey(fromRaster(small)), width, height }
}

function toGrey(picture: Sharp): Promise<Buffer> {
  return picture.greyscale().raw().toBuffer()
}

/** Mean SSIM of all outputs against the reference. */
export async function similarity({ webp, jpeg }: Developed, reference: Reference): Promise<number> {
  let sum = 0
  const outputs = [...webp, jpeg]
  for (const { longEdge, bytes } of outputs) {
    const wanted = reference.get(longEdge)
    if (!wanted) throw new RangeError(`expected one of ${[...reference.keys()].join(', ')} px, got ${longEdge}`)
    sum += ssim(wanted, { ...wanted, data: await toGrey(sharp(bytes)) })
  }
  return sum / outputs.length
}
