/** One encode of one picture. */
export interface Point {
  quality: number
  bytes: number
  cpuMs: number
  ssim: number
}

/**
 * What an encoder would need for a given SSIM, between (or beyond) the qualities that were tried. Bytes and distance
 * from 1 go by orders of magnitude, so both are interpolated by their logarithms; quality and CPU time are not.
 * @param points at least two, with rising quality
 * @throws RangeError for fewer
 */
export function atSsim(points: readonly Point[], ssim: number): Point {
  const [lower, upper] = neighbours(points, ssim)
  const share = (loss(ssim) - loss(lower.ssim)) / (loss(upper.ssim) - loss(lower.ssim) || 1)
  const between = (from: number, to: number) => from + (to - from) * share
  return {
    quality: between(lower.quality, upper.quality),
    bytes: Math.exp(between(Math.log(lower.bytes), Math.log(upper.bytes))),
    cpuMs: between(lower.cpuMs, upper.cpuMs),
    ssim,
  }
}

/** Distance from a perfect picture, by its logarithm; a picture without a loss counts as one of a millionth. */
function loss(ssim: number): number {
  return Math.log(Math.max(1 - ssim, 1e-6))
}

function neighbours(points: readonly Point[], ssim: number): [Point, Point] {
  const above = points.findIndex((point) => point.ssim >= ssim)
  const index = above < 0 ? points.length - 1 : Math.max(above, 1)
  const [lower, upper] = [points[index - 1], points[index]]
  if (!lower || !upper) throw new RangeError(`expected two qualities or more, got ${points.length}`)
  return [lower, upper]
}
