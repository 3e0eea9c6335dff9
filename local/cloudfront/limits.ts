/** Limits of invalidations. Source: CloudFront developer guide, "Concurrent invalidation request maximum". */

/** Paths without a wildcard that may be in progress at a time. */
export const MAX_INVALIDATED_FILES = 3_000

/** Paths with a wildcard that may be in progress at a time. */
export const MAX_INVALIDATED_WILDCARDS = 15

/** Longest path, in characters. Source: CloudFront developer guide, "Invalidation paths". */
export const MAX_INVALIDATION_PATH_LENGTH = 4_000

/**
 * Most that the edge cache holds, in bytes: bodies, headers and keys, 64 MiB. What was not asked for the longest goes
 * first, and what is larger is not kept; AWS names no such number. Source: the local run's own.
 */
export const MAX_EDGE_CACHE_BYTES = 67_108_864
