/**
 * List prices of us-east-1 in US dollars, first tier, as read in November 2026. Sources: the price pages of AWS Lambda
 * (arm64), Amazon S3 (Standard) and Amazon CloudFront (United States). They move: look before you quote.
 */
const LAMBDA_PER_GB_SECOND = 0.0000133334
const S3_PER_GB_MONTH = 0.023
const S3_PER_PUT = 0.005 / 1_000
const CLOUDFRONT_PER_GB = 0.085

/** Memory of the function that encodes, in GB as Lambda counts it (1,769 MiB): one vCPU. */
const LAMBDA_GB = 1_769 / 1_024

/** How long a variant is kept, for the reckoning. */
const STORED_MONTHS = 12

const BYTES_PER_GB = 1_000_000_000
const MS_PER_S = 1_000

/** What one variant takes. */
export interface Making {
  bytes: number
  cpuMs: number
}

/** Dollars that one variant costs: made and stored once, kept for a year, sent `views` times. */
export function priceOf(making: Making, views: number): number {
  return firstPrice(making) + views * priceOfView(making)
}

/** How often a variant has to be sent until its smaller file has paid, in views of clients that can show it. */
export interface PaysFrom {
  /** Made in place of the other. */
  instead: number
  /** Made besides it, for the other stays for clients that need it. */
  besides: number
}

/** @returns Infinity where it never pays: its file is no smaller */
export function paysFrom(making: Making, other: Making): PaysFrom {
  const saved = priceOfView(other) - priceOfView(making)
  if (saved <= 0) return { instead: Infinity, besides: Infinity }
  return {
    instead: Math.max(0, firstPrice(making) - firstPrice(other)) / saved,
    besides: firstPrice(making) / saved,
  }
}

function firstPrice({ bytes, cpuMs }: Making): number {
  const made = (cpuMs / MS_PER_S) * LAMBDA_GB * LAMBDA_PER_GB_SECOND
  return made + S3_PER_PUT + (bytes / BYTES_PER_GB) * S3_PER_GB_MONTH * STORED_MONTHS
}

function priceOfView({ bytes }: Making): number {
  return (bytes / BYTES_PER_GB) * CLOUDFRONT_PER_GB
}
