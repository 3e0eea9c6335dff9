import type { Sharp } from 'sharp'
import { fromRaster, type Raster } from './raster.ts'
import type { VariantFormat } from './variant-settings.ts'

/** How the frames of an animation follow each other. */
export interface Animation {
  /** How long each frame is shown, in milliseconds. */
  frameDelaysMs: number[]
  /** How often it runs; 0 for ever. */
  loop: number
}

/** Measured on photographs: 55 kB at 1080 px, not to be told from the original at a glance. Scale of libwebp, 0-100. */
export const WEBP_QUALITY = 80

/** Effort 4, the default, has 8 to 15 % fewer bytes at equal SSIM, for about twice the CPU. Scale of libwebp, 0-6. */
export const WEBP_EFFORT = 2

/** 56 has WebP's SSIM at 1080 px, measured by `npm run bench -- formats`; a little above. Scale of libheif, 1-100. */
const AVIF_QUALITY = 58

/** The next takes two to three times the CPU time for a few percent of the bytes. Scale of libheif, 0-9. */
const AVIF_EFFORT = 0

/** Colours at half the resolution, as WebP always has them: a tenth to a quarter less CPU time, and fewer bytes. */
const AVIF_CHROMA = '4:2:0'

/** 66 has WebP's SSIM at 1080 px; the margin is for Rekognition, which sees this very file. Scale of libjpeg, 1-100. */
export const JPEG_QUALITY = 80

/** JPEG shows nothing through: what lies below is paper. */
const JPEG_GROUND = 'white'

const ENCODERS: Record<VariantFormat, (picture: Sharp, animation: Animation | undefined) => Sharp> = {
  webp: (picture, animation) =>
    picture.webp({
      quality: WEBP_QUALITY,
      effort: WEBP_EFFORT,
      ...(animation && { delay: animation.frameDelaysMs, loop: animation.loop }),
    }),
  avif: (picture) => picture.avif({ quality: AVIF_QUALITY, effort: AVIF_EFFORT, chromaSubsampling: AVIF_CHROMA }),
  jpeg: (picture) => picture.flatten({ background: JPEG_GROUND }).jpeg({ quality: JPEG_QUALITY }),
}

/** Formats that hold more than one frame here. */
export const MOVING_FORMATS: readonly VariantFormat[] = ['webp']

/**
 * The file of one variant. Pixels carry nothing of the original's metadata, so no variant does.
 * @param animation undefined for a still picture
 */
export function encodeVariant(raster: Raster, format: VariantFormat, animation?: Animation): Promise<Buffer> {
  return ENCODERS[format](fromRaster(raster), animation).toBuffer()
}
