/**
 * How far a signed request's date may be from the server's, either way. Source: S3 API reference,
 * RequestTimeTooSkewed.
 */
export const MAX_CLOCK_SKEW_MS = 15 * 60 * 1000

/**
 * Longest X-Amz-Expires of a presigned URL, in seconds: 7 days. Source: S3 API reference, "Authenticating requests:
 * query parameters".
 */
export const MAX_PRESIGN_SECONDS = 7 * 24 * 60 * 60
