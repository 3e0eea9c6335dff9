import sharp from 'sharp'
import { labelSize, variantSizes } from '../../functions/lib/picture-sizes.ts'
import type { Size } from '../../functions/lib/raster.ts'

/** What every contender has to make of a photograph: the same sizes as the product. */
export interface Plan {
  variants: Size[]
  label: Size
  /** How much sharp lets the JPEG decoder shrink on the way to the largest variant: 1, 2, 4 or 8. */
  decodeShrink: number
}

/** Scales that a JPEG decoder has at hand. Source: libjpeg, DCT scaling by 1/1, 1/2, 1/4, 1/8. */
const DECODE_SHRINKS = [8, 4, 2]

/** @throws RangeError for a picture too small to label: none of a benchmark's */
export async function planFor(input: string | Uint8Array): Promise<Plan> {
  const { autoOrient: original } = await sharp(input).metadata()
  const variants = variantSizes(original)
  const label = labelSize(original)
  if (!label) throw new RangeError(`expected a picture to label, got ${original.width} x ${original.height}`)
  const factor = Math.min(original.width / variants[0].width, original.height / variants[0].height)
  return { variants, label, decodeShrink: decodeShrink(factor) }
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
