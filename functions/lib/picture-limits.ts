import type { PictureFormat } from './picture-format.ts'

/** Limits of what is decoded. Each is published in docs/limits.md. */

const MEGAPIXEL = 1_000_000

/**
 * Most pixels of a picture, over all frames of an animation: what phones take. Measured at the limit, peak memory of
 * the whole process: JPEG 119 MB, progressive and turned by EXIF 262, animated GIF 382, HEIC 400, interlaced PNG of 16
 * bits 628; the function has 1,769.
 */
export const MAX_PIXELS = 50 * MEGAPIXEL

/** Formats that need more memory a pixel. AVIF, measured likewise: 522 MB at 24 megapixels, 1.75 GB at 100. */
const MAX_PIXELS_BY_FORMAT: Partial<Record<PictureFormat, number>> = { avif: 24 * MEGAPIXEL }

export function maxPixels(format: PictureFormat): number {
  return MAX_PIXELS_BY_FORMAT[format] ?? MAX_PIXELS
}

/**
 * Most frames of a variant that moves; of longer animations the first frame is shown. 40 seconds at 25 frames a second.
 */
export const MAX_MOVING_FRAMES = 1_000

/**
 * Most pixels that the moving variants of a picture have together, over all frames and sizes; above it the largest
 * sizes are left out, or else it stands still. Measured: animated WebP takes some 100 ms of CPU time a megapixel.
 */
export const MAX_MOVING_PIXELS = 40 * MEGAPIXEL

/** Longest side in pixels: what a JPEG can have at most. Source: ITU-T T.81, 16-bit line and sample counts. */
export const MAX_SIDE_PX = 65_535

/** In words, e.g. `48.2 megapixels`. */
export function inMegapixels(pixels: number): string {
  return `${(pixels / MEGAPIXEL).toFixed(1)} megapixels`
}
