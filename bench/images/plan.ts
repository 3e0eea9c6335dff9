import sharp from 'sharp'
import { jpegShrink, sharpsOwnShrink, type JpegShrink } from '../../functions/lib/jpeg-shrink.ts'
import type { Size } from '../../functions/lib/raster.ts'
import { planVariants, type PlannedVariant } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'

/** What every contender has to make of a photograph: the same sizes as the product. */
export interface Plan {
  /** WebP, largest first. */
  webp: [Size, ...Size[]]
  /** JPEG, as large as one of the former: for old clients, and for Rekognition. */
  jpeg: Size
  /** How much the JPEG decoder may shrink on the way to the largest variant. */
  decodeShrink: JpegShrink
}

/** The default variants. @throws RangeError for a picture that is smaller than its JPEG: none of a benchmark's */
export async function planFor(input: string | Uint8Array): Promise<Plan> {
  const { autoOrient: original } = await sharp(input).metadata()
  const { variants } = planVariants({ size: original, frames: 1 }, parseVariants(DEFAULT_VARIANTS))
  const sizesOf = (format: PlannedVariant['format']) =>
    variants.filter((variant) => variant.format === format).map(({ size }) => size)
  const [largest, ...smaller] = sizesOf('webp')
  const [jpeg] = sizesOf('jpeg')
  if (!largest || !jpeg) throw new RangeError(`expected WebP and JPEG variants, got ${DEFAULT_VARIANTS}`)
  const shrinks = [jpegShrink(original, largest), sharpsOwnShrink(original, largest)]
  return { webp: [largest, ...smaller], jpeg, decodeShrink: Math.max(...shrinks) as JpegShrink }
}
