/** Limits of invalidations. Source: CloudFront developer guide, "Concurrent invalidation request maximum". */

/** Paths without a wildcard that may be in progress at a time. */
export const MAX_INVALIDATED_FILES = 3_000

/** Paths with a wildcard that may be in progress at a time. */
export const MAX_INVALIDATED_WILDCARDS = 15

/** Longest path, in characters. Source: CloudFront developer guide, "Invalidation paths". */
export const MAX_INVALIDATION_PATH_LENGTH = 4_000
