/**
 * Structural similarity of two grey pictures, 1 for the same: Z. Wang and others, "Image Quality Assessment: From
 * Error Visibility to Structural Similarity", IEEE Transactions on Image Processing 13 (2004), formula 13. The window
 * is 8 x 8 pixels, all alike, and moves by 4; the mean over all windows is the answer. Figures of other tools with
 * other windows differ: compare within one table.
 */

const WINDOW_PX = 8
const STRIDE_PX = 4

/** Stabilizers of the paper: K1 = 0.01, K2 = 0.03, and a range of 255. */
const C1 = (0.01 * 255) ** 2
const C2 = (0.03 * 255) ** 2

/** 8 bits a pixel, row-major. */
export interface Grey {
  data: Uint8Array
  width: number
  height: number
}

/** @throws RangeError when the sizes differ */
export function ssim(a: Grey, b: Grey): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(`expected pictures of one size, got ${a.width} x ${a.height} and ${b.width} x ${b.height}`)
  }
  let sum = 0
  let windows = 0
  for (const top of steps(a.height)) {
    for (const left of steps(a.width)) {
      sum += windowSsim(a, b, left, top)
      windows += 1
    }
  }
  return sum / windows
}

/** Where windows begin along a side; a side shorter than a window has one, cut short. */
function steps(length: number): number[] {
  const count = Math.max(1, Math.floor((length - WINDOW_PX) / STRIDE_PX) + 1)
  return Array.from({ length: count }, (_value, index) => index * STRIDE_PX)
}

function windowSsim(a: Grey, b: Grey, left: number, top: number): number {
  const right = Math.min(left + WINDOW_PX, a.width)
  const bottom = Math.min(top + WINDOW_PX, a.height)
  const count = (right - left) * (bottom - top)
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0]
  for (let y = top; y < bottom; y += 1) {
    for (let at = y * a.width + left; at < y * a.width + right; at += 1) {
      const pixelA = a.data[at]!
      const pixelB = b.data[at]!
      sumA += pixelA
      sumB += pixelB
      squaresA += pixelA * pixelA
      squaresB += pixelB * pixelB
      products += pixelA * pixelB
    }
  }
  const meanA = sumA / count
  const meanB = sumB / count
  const varianceA = squaresA / count - meanA * meanA
  const varianceB = squaresB / count - meanB * meanB
  const covariance = products / count - meanA * meanB
  return ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2))
}
