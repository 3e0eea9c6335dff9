/**
 * Object keys in S3: `originals/<owner>/<id>`, `processed/<mediaKey>/<long edge>.<format>` and
 * `labelling/<mediaKey>.jpeg`.
 */

const ORIGINALS_PREFIX = 'originals'
const PROCESSED_PREFIX = 'processed'
const LABELLING_PREFIX = 'labelling'

/** Owners are UUIDs, ids ULIDs, media keys base64url: nothing that S3, a URL or a signature has to escape. */
const KEY_PART = /^[A-Za-z0-9_-]{1,128}$/

export interface OriginalKey {
  owner: string
  id: string
}

/**
 * Object key of an original.
 * @throws RangeError when owner or id could reach out of its folder: a caller's bug, never user input
 */
export function originalKey({ owner, id }: OriginalKey): string {
  return [ORIGINALS_PREFIX, part('owner', owner), part('id', id)].join('/')
}

/** Owner and id of an original's object key; undefined for any other key. */
export function parseOriginalKey(key: string): OriginalKey | undefined {
  const [prefix, owner, id, ...rest] = key.split('/')
  if (prefix !== ORIGINALS_PREFIX || !owner || !id || rest.length > 0) return undefined
  return KEY_PART.test(owner) && KEY_PART.test(id) ? { owner, id } : undefined
}

/** Object key of a variant, named by its long edge in pixels. */
export function variantKey(mediaKey: string, longEdge: number, format: string): string {
  return `${variantsPrefix(mediaKey)}${longEdge}.${format}`
}

/** What the object keys of all variants of an image begin with. */
export function variantsPrefix(mediaKey: string): string {
  return `${PROCESSED_PREFIX}/${part('mediaKey', mediaKey)}/`
}

/** Object key of the picture that waits to be labelled. */
export function labelPictureKey(mediaKey: string): string {
  return `${LABELLING_PREFIX}/${part('mediaKey', mediaKey)}.jpeg`
}

function part(name: string, value: string): string {
  if (!KEY_PART.test(value)) {
    throw new RangeError(`${name} must be 1 to 128 of A-Z a-z 0-9 _ -, got ${JSON.stringify(value)}`)
  }
  return value
}
