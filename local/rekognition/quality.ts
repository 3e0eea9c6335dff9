import type { Raster } from './raster.ts'

/** The API's DetectLabelsImageQuality, each 0 to 100. */
export interface ImageQuality {
  Brightness: number
  Sharpness: number
  Contrast: number
}

/** Darkest and lightest pixels that the contrast leaves out: a lamp or a frame is not the picture. */
const CONTRAST_TAIL = 0.05
/** The sharpest share of pixels: where the focus is, if there is any. */
const FOCUS_TAIL = 0.01
/** Second difference of lightness at which a picture is 63 % sharp; a lens in focus gives about 0.3 at this size. */
const FOCUS_SCALE = 0.15
const PERCENT = 100

/**
 * Brightness is the mean lightness; contrast the spread between its 5th and 95th percentile; sharpness the second
 * difference of lightness in the sharpest hundredth of the picture, on a scale that saturates.
 */
export function imageQuality(fine: Raster): ImageQuality {
  const sorted = Float32Array.from(fine.lightness).sort()
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const spread = quantile(sorted, 1 - CONTRAST_TAIL) - quantile(sorted, CONTRAST_TAIL)
  const focus = quantile(secondDifferences(fine).sort(), 1 - FOCUS_TAIL)
  return { Brightness: PERCENT * mean, Sharpness: PERCENT * (1 - Math.exp(-focus / FOCUS_SCALE)), Contrast: PERCENT * spread }
}

/** @param sorted ascending, not empty */
export function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** The four-neighbour Laplacian, absolute, without the frame. */
function secondDifferences({ lightness, width, height }: Raster): Float32Array {
  const values = new Float32Array((width - 2) * (height - 2))
  let next = 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      const around = lightness[at - 1]! + lightness[at + 1]! + lightness[at - width]! + lightness[at + width]!
      values[next++] = Math.abs(around - 4 * lightness[at]!)
    }
  }
  return values
}
