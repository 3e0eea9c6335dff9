/**
 * List prices of us-east-1 in US dollars, first tier, as read in November 2026. Sources: the price pages of AWS Lambda
 * (arm64), Amazon S3 (Standard) and Amazon CloudFront (United States). They move: look before you quote.
 */
const LAMBDA_PER_GB_SECOND = 0.0000133334
const S3_PER_GB_MONTH = 0.023
const CLOUDFRONT_PER_GB = 0.085

/** Memory of the function that encodes, in GB as Lambda counts it (1,769 MiB): one vCPU. */
const LAMBDA_GB = 1_769 / 1_024

/** How long a variant is kept, for the reckoning. */
const STORED_MONTHS = 12

const BYTES_PER_GB = 1_000_000_000
const MS_PER_S = 1_000

/** Dollars that one variant costs: made once, stored for a year, sent `views` times. */
export function priceOf({ bytes, cpuMs }: { bytes: number; cpuMs: number }, views: number): number {
  const made = (cpuMs / MS_PER_S) * LAMBDA_GB * LAMBDA_PER_GB_SECOND
  const gigabytes = bytes / BYTES_PER_GB
  return made + gigabytes * (S3_PER_GB_MONTH * STORED_MONTHS + CLOUDFRONT_PER_GB * views)
}
