import type { VariantInput } from '../../generated/graphql.ts'
import { variantKey } from './object-keys.ts'
import type { MediaStore } from './object-store.ts'
import { longEdgeOf } from './picture-sizes.ts'
import type { Size } from './raster.ts'
import { rasterOf, type Rasters } from './rasters.ts'
import { encodeVariant, type Animation } from './variant-formats.ts'
import type { PlannedVariant, VariantPlan } from './variant-plan.ts'

/** The picture that is labelled, a JPEG; undefined when it would be too small. */
export async function encodeLabelJpeg(rasters: Rasters, { label }: VariantPlan): Promise<Buffer | undefined> {
  return label && encodeVariant(rasterOf(rasters.still, label), 'jpeg')
}

export interface VariantParts {
  rasters: Rasters
  plan: VariantPlan
  animation: Animation
  /** Is a variant too, where one of its size is planned. */
  labelJpeg: Buffer | undefined
  mediaKey: string
}

/**
 * Encodes the variants one after the other, and stores each as soon as it is there: the label's JPEG first.
 * @returns the variants in the order of the plan
 * @throws the first write's error, after all have ended
 */
export async function storeVariants(parts: VariantParts, media: MediaStore): Promise<VariantInput[]> {
  const { plan, labelJpeg, mediaKey } = parts
  const made = new Map<PlannedVariant, VariantInput>()
  const writes: Promise<void>[] = []
  const isLabel = (variant: PlannedVariant) => variant.format === 'jpeg' && isSize(variant.size, plan.label)
  try {
    for (const variant of [...plan.variants].sort((a, b) => Number(isLabel(b)) - Number(isLabel(a)))) {
      const { format, size } = variant
      const bytes = labelJpeg && isLabel(variant) ? labelJpeg : await encode(variant, parts)
      made.set(variant, { ...size, format, byteSize: bytes.length })
      const write = media.write(variantKey(mediaKey, longEdgeOf(size), format), bytes, `image/${format}`)
      // Its failure is heard below; until then it must not count as unhandled, which ends the process.
      write.catch(() => undefined)
      writes.push(write)
    }
  } finally {
    // Nothing runs on into another invocation.
    await Promise.allSettled(writes)
  }
  await Promise.all(writes)
  return plan.variants.flatMap((variant) => made.get(variant) ?? [])
}

function isSize(size: Size, other: Size | undefined): boolean {
  return size.width === other?.width && size.height === other.height
}

function encode({ format, size, moves }: PlannedVariant, { rasters, animation }: VariantParts): Promise<Buffer> {
  return moves
    ? encodeVariant(rasterOf(rasters.moving, size), format, animation)
    : encodeVariant(rasterOf(rasters.still, size), format)
}
