import { util } from '@aws-appsync/utils'
import type { ImageStatus } from '../../generated/graphql.ts'

/** Sort key of the image itself; its other facets lie beside it under the same id. */
export const IMAGE_FACET = 'IMAGE'

/** Index behind every list: partition key `facetKey`, sort key `id`. */
export const BY_FACET = 'byFacet'

/** Primary key of an image in the table. */
export function imageKey(id: string): { id: string; facet: string } {
  return { id, facet: IMAGE_FACET }
}

/** Partition key in `byFacet` of one owner's images in one status. */
export function statusFacetKey(owner: string, status: ImageStatus): string {
  return `${owner}#${status}`
}

/** Whether an id can be an image's: a ULID, 26 characters of Crockford's base 32. */
export function isImageId(id: string): boolean {
  return util.matches('^[0-9A-HJKMNP-TV-Z]{26}$', id)
}
