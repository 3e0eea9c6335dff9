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

/** Longest text for those who can't see the image, in characters. */
export const MAX_ALT_TEXT_LENGTH = 1_000

/** Longest category, in characters. */
export const MAX_CATEGORY_LENGTH = 50

/** Most tags of an image: each is an item to find it by. */
export const MAX_TAGS = 20

/** Longest tag, in characters. */
export const MAX_TAG_LENGTH = 50

/**
 * Labels of an image that it is found by and counted under, the surest first and then the broader names. Each takes two
 * of the hundred actions of a transaction, and four when others take their place.
 */
export const MAX_INDEXED_LABELS = 20

/**
 * Most images that one mutation asks for or deletes: as many as one BatchWriteItem takes. Source: DynamoDB API reference,
 * BatchWriteItem.
 */
export const MAX_BATCH_SIZE = 25

/** Images of one file that `requestUpload` looks at for one that is READY, newest first; all but one are rarely there. */
export const MAX_IMAGES_OF_A_FILE = 4

/** How long `imageChanges` tells of an image that was deleted, in days. */
export const TOMBSTONE_DAYS = 30

/** Largest distance that `similarImages` looks for, in bits of 64: beyond it pictures look alike by chance. */
export const MAX_SIMILAR_DISTANCE = 16

/** Longest label, category or tag that `images` looks for, in characters. Longer than any that there is. */
export const MAX_FILTER_LENGTH = 100

/** Largest page of a list. */
export const MAX_PAGE_LIMIT = 100

/** Media types that may be uploaded. No SVG: it is a program, not a picture. */
export const UPLOAD_CONTENT_TYPES = [
  'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff', 'image/heic',
]
