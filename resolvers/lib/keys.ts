import { util } from '@aws-appsync/utils'
import type { ImageStatus } from '../../generated/graphql.ts'

/** Sort key of the image itself; its other facets lie beside it under the same id. */
export const IMAGE_FACET = 'IMAGE'

/** Index behind the lists of one owner: partition key `facetKey`, sort key `id`. */
export const BY_FACET = 'byFacet'

/** Index behind what changed of one owner's images: partition key `owner`, sort key `updatedAt`. */
export const BY_CHANGE = 'byChange'

/** Index behind the list of everybody's PUBLIC images: partition key `publicKey`, sort key `id`. */
export const BY_PUBLIC = 'byPublic'

/** Partitions that PUBLIC images are spread over, so that no single one takes every write and every read. */
export const PUBLIC_SHARDS = 8

/** Crockford's base 32, in which ULIDs are written; the last character of one is random. */
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Primary key of an image in the table. */
export function imageKey(id: string): { id: string; facet: string } {
  return { id, facet: IMAGE_FACET }
}

/** Partition key in `byFacet` of one owner's images in one status. */
export function statusFacetKey(owner: string, status: ImageStatus): string {
  return `${owner}#${status}`
}

/** Partition key in `byFacet` of one owner's images that have a facet, e.g. `LABEL#dog`. */
export function facetKeyOf(owner: string, facet: string): string {
  return `${owner}#${facet}`
}

/**
 * Sort key of the facet of an image that is held back, and its partition key in `byFacet`: all owners' together. The
 * keys of one owner's lists have a `#`, and so never are this one.
 */
export const HELD_FACET = 'HELD'

/** Partition key in the table of one owner's label counts. */
export function labelCountsKey(owner: string): string {
  return `${owner}#LABELS`
}

/** Primary key of the count of one owner's images with a label, whatever the case of its letters. */
export function labelCountKey(owner: string, name: string): { id: string; facet: string } {
  return { id: labelCountsKey(owner), facet: name.toLowerCase() }
}

/** Primary key of the set of one owner's images that were made of the very same file. */
export function fileKey(owner: string, sha256: string): { id: string; facet: string } {
  return { id: `${owner}#SHA256#${sha256}`, facet: 'IMAGES' }
}

/** Primary key of the item that says which image a media key belongs to. */
export function mediaItemKey(mediaKey: string): { id: string; facet: string } {
  return { id: `MEDIA#${mediaKey}`, facet: 'MEDIA' }
}

/** Primary key of the marker that the views of an image in one log file are counted. */
export function viewsMarkerKey(id: string, logFile: string): { id: string; facet: string } {
  return { id, facet: `VIEWS#${logFile}` }
}

/** Partition key in `byPublic` of one shard, 0 to 7. */
export function shardKey(shard: number): string {
  return `PUBLIC#${shard}`
}

/** Partition key in `byPublic` of a PUBLIC image: its shard follows from its id. */
export function publicKey(id: string): string {
  return shardKey(ULID_DIGITS.indexOf(id.charAt(id.length - 1)) % PUBLIC_SHARDS)
}

/** Whether an id can be an image's: a ULID, 26 characters of Crockford's base 32. */
export function isImageId(id: string): boolean {
  return util.matches('^[0-9A-HJKMNP-TV-Z]{26}$', id)
}
