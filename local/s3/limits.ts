/** Largest object of a single PUT, in bytes: 5 GiB. Source: S3 user guide, "Uploading objects". */
export const MAX_PUT_BYTES = 5 * 1024 ** 3

/** Longest object key, in bytes of UTF-8. Source: S3 user guide, "Naming Amazon S3 objects". */
export const MAX_KEY_BYTES = 1024

/** All x-amz-meta-* names and values together, in bytes. Source: S3 user guide, "Working with object metadata". */
export const MAX_USER_METADATA_BYTES = 2048

/** Most entries of a list's page. Source: S3 API reference, ListObjectsV2. */
export const MAX_LIST_KEYS = 1000

/** Most keys of one DeleteObjects call. Source: S3 API reference, DeleteObjects. */
export const MAX_DELETE_KEYS = 1000

/**
 * Largest XML body that is read, in bytes: 1,000 keys of 1,024 bytes, escaped, fit. Source: the local run's own.
 */
export const MAX_XML_BODY_BYTES = 8 * 1024 * 1024

/** Smallest part but the last, in bytes: 5 MiB. Source: S3 user guide, "Multipart upload limits". */
export const MIN_PART_BYTES = 5 * 1024 ** 2

/** Highest part number. Source: S3 user guide, "Multipart upload limits". */
export const MAX_PART_NUMBER = 10_000

/**
 * Largest object that is put together of parts, in bytes: 5 TiB here. Source: S3 user guide, "Multipart upload
 * limits".
 */
export const MAX_MULTIPART_OBJECT_BYTES = 5 * 1024 ** 4
