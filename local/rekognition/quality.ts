import type { LightnessRaster } from './raster.ts'

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
export function imageQuality(fine: LightnessRaster): ImageQuality {
  const { lightness } = fine
  let sum = 0
  for (const value of lightness) sum += value
  const focus = quantile(secondDifferences(fine), 1 - FOCUS_TAIL)
  return {
    Brightness: (PERCENT * sum) / lightness.length,
    Sharpness: PERCENT * (1 - Math.exp(-focus / FOCUS_SCALE)),
    Contrast: PERCENT * contrastOf(lightness),
  }
}

/** Spread between the 5th and the 95th percentile. */
export function contrastOf(lightness: Float32Array): number {
  return quantile(lightness, 1 - CONTRAST_TAIL) - quantile(lightness, CONTRAST_TAIL)
}

/** Bins of the histogram that quantiles are read from: fine enough, and sorting takes ten times longer. */
const QUANTILE_BINS = 1_024

/** @param values 0 to 1; larger ones count as 1 */
function quantile(values: Float32Array, share: number): number {
  const histogram = new Uint32Array(QUANTILE_BINS)
  for (const value of values) histogram[Math.min(QUANTILE_BINS - 1, Math.floor(value * QUANTILE_BINS))]! += 1
  let below = 0
  const bin = histogram.findIndex((count) => (below += count) > share * values.length)
  return (bin < 0 ? QUANTILE_BINS - 1 : bin) / (QUANTILE_BINS - 1)
}

/** The four-neighbour Laplacian, absolute, without the frame. */
function secondDifferences({ lightness, width, height }: LightnessRaster): Float32Array {
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
