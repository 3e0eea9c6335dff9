/**
 * The middle of what was measured; of an even number the mean of the two in the middle.
 * @throws RangeError when nothing was measured
 */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/**
 * Linear interpolation between the two nearest ranks.
 * @param share 0 to 1, e.g. 0.99
 * @throws RangeError when nothing was measured
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)]
  const high = sorted[Math.ceil(at)]
  if (low === undefined || high === undefined) throw new RangeError('expected at least one measurement, got none')
  return low + (high - low) * (at - Math.floor(at))
}

/** The mean of ratios: twice and half cancel out. */
export function geometricMean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('expected at least one ratio, got none')
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
