import sharp from 'sharp'
import type { Size } from '../../functions/lib/raster.ts'
import { planVariants, type PlannedVariant } from '../../functions/lib/variant-plan.ts'
import { DEFAULT_VARIANTS, parseVariants } from '../../functions/lib/variant-settings.ts'

/** What every contender has to make of a photograph: the same sizes as the product. */
export interface Plan {
  /** WebP, largest first. */
  webp: [Size, ...Size[]]
  /** JPEG, as large as one of the former: for old clients, and for Rekognition. */
  jpeg: Size
  /** How much sharp lets the JPEG decoder shrink on the way to the largest variant: 1, 2, 4 or 8. */
  decodeShrink: number
}

/** Scales that a JPEG decoder has at hand. Source: libjpeg, DCT scaling by 1/1, 1/2, 1/4, 1/8. */
const DECODE_SHRINKS = [8, 4, 2]

/** The default variants. @throws RangeError for a picture that is smaller than its JPEG: none of a benchmark's */
export async function planFor(input: string | Uint8Array): Promise<Plan> {
  const { autoOrient: original } = await sharp(input).metadata()
  const { variants } = planVariants({ size: original, frames: 1 }, parseVariants(DEFAULT_VARIANTS))
  const sizesOf = (format: PlannedVariant['format']) =>
    variants.filter((variant) => variant.format === format).map(({ size }) => size)
  const [largest, ...smaller] = sizesOf('webp')
  const [jpeg] = sizesOf('jpeg')
  if (!largest || !jpeg) throw new RangeError(`expected WebP and JPEG variants, got ${DEFAULT_VARIANTS}`)
  const factor = Math.min(original.width / largest.width, original.height / largest.height)
  return { webp: [largest, ...smaller], jpeg, decodeShrink: decodeShrink(factor) }
}

/**
 * sharp's own choice: the next lower scale where the whole part of the factor is the scale itself, for libjpeg then
 * rounds. So a photograph that is 2 to 3 times as long as its largest variant is decoded in full. Source: sharp 0.35,
 * src/pipeline.cc.
 */
function decodeShrink(factor: number): number {
  const most = DECODE_SHRINKS.find((shrink) => shrink <= factor) ?? 1
  return most > 1 && Math.floor(factor) === most ? most / 2 : most
}
