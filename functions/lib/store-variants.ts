import type { VariantInput } from '../../generated/graphql.ts'
import type { Measured } from './measure-picture.ts'
import { variantKey } from './object-keys.ts'
import type { MediaStore } from './object-store.ts'
import { longEdgeOf, variantSizes } from './picture-sizes.ts'
import { fromRaster, resizeRaster, type Raster } from './raster.ts'

const FORMAT = 'webp'
const CONTENT_TYPE = 'image/webp'

/** Measured on photographs: 80 kB at 1080 px, not to be told from the original at a glance. Scale of libwebp, 0-100. */
export const WEBP_QUALITY = 80

/** Measured: 0.41 of the time that effort 4, the default, takes, for 4 % more bytes. Scale of libwebp, 0-6. */
export const WEBP_EFFORT = 2

/**
 * Makes and stores every variant, each from the next larger one: closer to the original than separate decodes, and a
 * third of their work. An animation stays one. Pixels carry nothing of the original's metadata, so no variant does.
 * @returns the variants, largest first, and the pixels of the smallest
 */
export async function storeVariants(
  raster: Raster,
  measured: Measured,
  mediaKey: string,
  media: MediaStore,
): Promise<{ variants: VariantInput[]; smallest: Raster }> {
  const variants: VariantInput[] = []
  const writes: Promise<void>[] = []
  let current = raster
  for (const size of variantSizes(measured.size)) {
    current = await resizeRaster(current, size)
    const bytes = await encode(current, measured)
    variants.push({ ...size, format: FORMAT, byteSize: bytes.length })
    const write = media.write(variantKey(mediaKey, longEdgeOf(size), FORMAT), bytes, CONTENT_TYPE)
    // Its failure is heard below; until then it must not count as unhandled, which ends the process.
    write.catch(() => undefined)
    writes.push(write)
  }
  await Promise.all(writes)
  return { variants, smallest: current }
}

async function encode(raster: Raster, { frames, frameDelaysMs, loop }: Measured): Promise<Buffer> {
  const animation = frames > 1 ? { delay: frameDelaysMs, loop } : {}
  return fromRaster(raster)
    .webp({ quality: WEBP_QUALITY, effort: WEBP_EFFORT, ...animation })
    .toBuffer()
}
