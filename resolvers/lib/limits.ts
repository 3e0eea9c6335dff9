/** Limits that users meet. Each is published in docs/limits.md. */

/** Largest original, in bytes: 50 MiB. Keeps the decode inside the function's memory and minute. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024

/** How long a presigned upload is good for, in seconds. */
export const UPLOAD_EXPIRES_SECONDS = 600

/**
 * Images of one owner that may be PENDING at a time. Each ends within some 15 minutes by itself, so this is also the
 * most uploads that somebody who never sends a file can ask for in that time.
 */
export const MAX_PENDING_UPLOADS = 100

/** Longest file name, in characters: what common file systems allow. */
export const MAX_FILE_NAME_LENGTH = 255

/** Longest title, in characters. */
export const MAX_TITLE_LENGTH = 200

/** Largest page of a list. */
export const MAX_PAGE_LIMIT = 100

/** Media types that may be uploaded. No SVG: it is a program, not a picture. */
export const UPLOAD_CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff']
