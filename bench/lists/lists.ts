import { CATEGORIES, isShotInARow, libraryImage, TAGS } from './library-items.ts'
import { COMMON_LABEL } from './seen.ts'

/** One list, as a client reads it. */
export interface List {
  name: string
  /** The connection's field, with `$limit` and, where it pages, `$nextToken`. */
  field: string
  /** What a page holds. */
  limit: number
  /** How many pages are read in a row, from the first on. */
  pages: number
  /** For a list without pages: what stands in `$id`, one after the other. */
  ids?: string[]
}

/** Images in the smallest library: what the pages of every list have room in. */
export const SMALLEST = 100

/** Holds five pages in the smallest library, and half as many where every other image is listed. */
const LIMIT = 20
/** PUBLIC images lie in eight shards, and a page is a page only when each has as many: the smallest library's do. */
const PUBLIC_LIMIT = 5
const PUBLIC_PAGES = 2

const SHOWN = 'id version status title thumbhash variants { width format url }'
const IMAGES = `{ items { ${SHOWN} } nextToken }`
const PAGED = 'limit: $limit, nextToken: $nextToken'

/** Every list of the API, over the newest images of a library. */
export function listsOf(owner: string): List[] {
  const changedSince = libraryImage(owner, SMALLEST - 1).updatedAt
  const ofAll = { limit: LIMIT, pages: SMALLEST / LIMIT }
  const ofHalf = { limit: LIMIT, pages: Math.floor(SMALLEST / 2 / LIMIT) }
  const label = COMMON_LABEL.toLowerCase()
  const shots = Array.from({ length: SMALLEST }, (_value, rank) => rank).filter(isShotInARow)
  return [
    { name: 'images', field: `images(${PAGED}) ${IMAGES}`, ...ofAll },
    { name: 'images by label', field: `images(label: "${label}", ${PAGED}) ${IMAGES}`, ...ofHalf },
    { name: 'images by category', field: `images(category: "${CATEGORIES[0]}", ${PAGED}) ${IMAGES}`, ...ofHalf },
    { name: 'images by tag', field: `images(tag: "${TAGS[0]}", ${PAGED}) ${IMAGES}`, ...ofAll },
    { name: 'labels', field: `labels(${PAGED}) { items { name count } nextToken }`, limit: LIMIT, pages: 1 },
    {
      name: 'similarImages',
      field: `similarImages(id: $id, limit: $limit) { items { distance image { ${SHOWN} } } isMore }`,
      limit: LIMIT,
      pages: shots.length,
      ids: shots.map((rank) => libraryImage(owner, rank).id),
    },
    { name: 'imageChanges', field: `imageChanges(since: "${changedSince}", ${PAGED}) ${IMAGES}`, ...ofAll },
    { name: 'publicImages', field: `publicImages(${PAGED}) ${IMAGES}`, limit: PUBLIC_LIMIT, pages: PUBLIC_PAGES },
  ]
}
