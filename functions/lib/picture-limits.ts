import type { PictureFormat } from './picture-format.ts'

/** Limits of what is decoded. Each is published in docs/limits.md. */

const MEGAPIXEL = 1_000_000

/**
 * Most pixels of a picture, over all frames of an animation: what phones take. Measured at the limit, peak memory of
 * the whole process: animated GIF 382 MB, HEIC 400, interlaced PNG of 16 bits 628; the function has 1,769.
 */
export const MAX_PIXELS = 50 * MEGAPIXEL

/**
 * Most pixels of a JPEG, which shrinks while it is decoded. Measured likewise: 114 MB, progressive 395, that with all of
 * its colours (4:4:4) 682.
 */
export const MAX_JPEG_PIXELS = 100 * MEGAPIXEL

/** Most pixels of an AVIF, which needs more memory. Measured likewise: 522 MB; 1.75 GB at 100 megapixels. */
export const MAX_AVIF_PIXELS = 24 * MEGAPIXEL

const MAX_PIXELS_BY_FORMAT: Partial<Record<PictureFormat, number>> = { jpeg: MAX_JPEG_PIXELS, avif: MAX_AVIF_PIXELS }

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

/**
 * Longest decode, in seconds: half of the function's time. Measured, the slowest that the limits of pixels let through:
 * AVIF of 24 megapixels, full of noise, 7 s. A HEIC's decoder can't be interrupted: pixels alone limit it, 2 s at 48
 * megapixels.
 */
export const MAX_DECODE_SECONDS = 30

/** Longest side in pixels: what a JPEG can have at most. Source: ITU-T T.81, 16-bit line and sample counts. */
export const MAX_SIDE_PX = 65_535

/** In words, e.g. `48.2 megapixels`. */
export function inMegapixels(pixels: number): string {
  return `${(pixels / MEGAPIXEL).toFixed(1)} megapixels`
}
