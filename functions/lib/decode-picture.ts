import sharp, { type Sharp } from 'sharp'
import { damaged } from './damaged-file.ts'
import type { Measured } from './measure-picture.ts'
import { maxPixels } from './picture-limits.ts'
import { decodeSize } from './picture-sizes.ts'
import { toRaster, type Raster } from './raster.ts'

/** Of all that libvips reads, an SVG is the one that runs: never, whatever the bytes look like. */
sharp.block({ operation: ['VipsForeignLoadSvg'] })

/** No picture comes twice: what libvips would keep for the next time is memory lost. */
sharp.cache(false)

/**
 * Decodes the original once, at the largest size that anything is made in: what shrinks while it is decoded never
 * unfolds.
 * `failOn: 'warning'`, the strictest that lets whole files pass, alone finds flipped bits in JPEG data.
 * Of an animated GIF that ends early the whole frames are left, as every viewer shows it; no half frame ever is.
 * @throws Refusal CORRUPT_IMAGE
 */
export async function decodePicture(bytes: Uint8Array, measured: Measured): Promise<Raster> {
  const size = decodeSize(measured.size)
  try {
    const input = readPicture(bytes, measured)
    if (!measured.lateProfile) return await toRaster(input, size, measured.frames)
    // An embedded profile is applied at full size, four times the work of a decode; carried along, it is applied small.
    const small = await input
      .resize(size.width, size.height, { fit: 'fill' })
      .keepIccProfile()
      .tiff({ compression: 'none' })
      .toBuffer()
    return await toRaster(sharp(small), size, measured.frames)
  } catch (error) {
    throw damaged(error, measured.format)
  }
}

function readPicture(bytes: Uint8Array, { format, frames, isDeep }: Measured): Sharp {
  const input = sharp(bytes, {
    animated: frames > 1,
    failOn: 'warning',
    limitInputPixels: maxPixels(format),
    sequentialRead: true,
  })
  // sharp takes 16 bits with a profile to Display P3 and leaves them there, unless it is told where to work.
  if (isDeep) input.pipelineColourspace('srgb')
  return frames > 1 ? input : input.autoOrient()
}
