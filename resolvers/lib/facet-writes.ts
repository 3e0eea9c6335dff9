import { util } from '@aws-appsync/utils'
import { countedLabels, facetsOf } from './facets.ts'
import type { ImageItem } from './image.ts'
import { fileKey, labelCountKey, mediaItemKey } from './keys.ts'
import { lateViewsEndEpochSeconds } from './late-views.ts'

/**
 * Images that are kept in mind of one file. Whoever asks for an upload of it is given one of them; more would make each
 * write of the set dearer, and at some 14,000 too large for an item.
 */
const MAX_IMAGES_OF_FILE = 100

/** The set of one owner's images that were made of the very same file. */
export interface FileItem {
  imageIds?: string[]
}

/** One action of a transaction. */
export type TransactItem = Record<string, unknown>

/**
 * What has to be written beside an image that changes, so that facets, label counts and the look-ups of files and media
 * keys stay what the image says: nothing when none of them changes.
 * @param file the set of images of the file that the image is made of, when it is to enter it
 */
export function facetWrites(
  table: string, before: ImageItem, after: ImageItem, file: FileItem | null,
): TransactItem[] {
  const had = facetsOf(before)
  const has = facetsOf(after)
  const gone = had.filter(({ facet }) => !has.some((other) => other.facet === facet))
  const come = has.filter(({ facet }) => !had.some((other) => other.facet === facet))
  const { id } = after
  const writes: TransactItem[] = []
  gone.forEach(({ facet }) =>
    writes.push({ table, operation: 'DeleteItem', key: util.dynamodb.toMapValues({ id, facet }) }))
  come.forEach(({ facet, facetKey, attributes }) =>
    writes.push({
      table,
      operation: 'PutItem',
      key: util.dynamodb.toMapValues({ id, facet }),
      attributeValues: util.dynamodb.toMapValues({ facetKey, ...attributes }),
    }))
  return [
    ...writes, ...countWrites(table, before, after), ...fileWrites(table, before, after, file),
    ...mediaWrites(table, before, after),
  ]
}

function countWrites(table: string, before: ImageItem, after: ImageItem): TransactItem[] {
  const had = countedLabels(before)
  const has = countedLabels(after)
  const count = (name: string, change: number): TransactItem => ({
    table,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(labelCountKey(after.owner, name)),
    update: {
      expression: 'SET #name = :name ADD #count :change',
      expressionNames: { '#name': 'name', '#count': 'count' },
      expressionValues: util.dynamodb.toMapValues({ ':name': name, ':change': change }),
    },
  })
  return [
    ...had.filter((name) => !includesName(has, name)).map((name) => count(name, -1)),
    ...has.filter((name) => !includesName(had, name)).map((name) => count(name, 1)),
  ]
}

function includesName(names: string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase())
}

/** The image enters and leaves the set of those that were made of the very same file. One that is full takes no more. */
function fileWrites(table: string, before: ImageItem, after: ImageItem, file: FileItem | null): TransactItem[] {
  const had = fileOf(before)
  const has = fileOf(after)
  if (had === has) return []
  const known = file ? file.imageIds ?? [] : []
  const isFull = known.length >= MAX_IMAGES_OF_FILE
  const write = (sha256: string, operation: string): TransactItem => ({
    table,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(fileKey(after.owner, sha256)),
    update: {
      expression: `${operation} #imageIds :imageIds`,
      expressionNames: { '#imageIds': 'imageIds' },
      expressionValues: { ':imageIds': util.dynamodb.toStringSet([after.id]) },
    },
  })
  return [...(had === null ? [] : [write(had, 'DELETE')]), ...(has === null || isFull ? [] : [write(has, 'ADD')])]
}

/** The file that the image stands for; null for an image that is not to be found by it. */
function fileOf(item: ImageItem): string | null {
  return item.status === 'READY' || item.keepsFacets === true ? item.sha256 ?? null : null
}

/**
 * Media keys of images that can be looked at lead to the image. That of an image that is made anew still does for some
 * days: who looked at it before may be told of after.
 */
function mediaWrites(table: string, before: ImageItem, after: ImageItem): TransactItem[] {
  const had = mediaKeyOf(before)
  const has = mediaKeyOf(after)
  if (had === has) return []
  const writes: TransactItem[] = []
  if (had !== null) {
    const key = util.dynamodb.toMapValues(mediaItemKey(had))
    writes.push(after.status === 'DELETED' ? { table, operation: 'DeleteItem', key } : {
      table,
      operation: 'UpdateItem',
      key,
      update: {
        expression: 'SET #imageId = :imageId, #expiresAt = :expiresAt',
        expressionNames: { '#imageId': 'imageId', '#expiresAt': 'expiresAtEpochSeconds' },
        expressionValues: util.dynamodb.toMapValues({ ':imageId': after.id, ':expiresAt': lateViewsEndEpochSeconds() }),
      },
    })
  }
  if (has !== null) {
    writes.push({
      table,
      operation: 'PutItem',
      key: util.dynamodb.toMapValues(mediaItemKey(has)),
      attributeValues: util.dynamodb.toMapValues({ imageId: after.id }),
    })
  }
  return writes
}

/** The media key by which the image can be looked at; null for an image that can't. */
function mediaKeyOf(item: ImageItem): string | null {
  return item.status === 'READY' || item.keepsFacets === true ? item.mediaKey : null
}
