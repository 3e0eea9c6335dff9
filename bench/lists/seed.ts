import { join } from 'node:path'
import {
  dynalite, findTable, writeBatch, type BatchOperation, type Item, type TableRecord,
} from '../../local/dynamodb/dynalite.ts'
import { ensureTable } from '../../local/dynamodb/ensure-table.ts'
import { tableDefinition } from '../../local/dynamodb/table-definition.ts'
import type { Resource } from '../../local/aws/resource.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { IMAGE_FACET } from '../../resolvers/lib/keys.ts'
import { CATEGORIES, libraryImage, TAGS } from './library-items.ts'
import { COMMON_LABEL } from './seen.ts'
import { LabelCounts, tableItems } from './table-entries.ts'

/** Where the local DynamoDB looks for its store in its data folder; were it elsewhere, every list would be empty. */
const STORE_FOLDER = 'store'

/** What bands of hashes begin with, and the other facets that lists are read by. Source: resolvers/lib/facets.ts. */
const BANDS = 'PHASH1#'
const READ_FACETS = [`LABEL#${COMMON_LABEL.toLowerCase()}`, `CATEGORY#${CATEGORIES[0]}`, `TAG#${TAGS[0]}`]

/** Entries that LevelDB is given at once. */
const BATCH_ENTRIES = 5_000

/**
 * Of more images than this only those facets are written that some list reads, and in the index alone, where it reads
 * them: a fifth of the entries, in an hour in place of five.
 */
export const WHOLE_UP_TO = 100_000

/** Others who have images in the same table, and how many for each of the owner's. */
const OTHERS = ['others-1', 'others-2', 'others-3']
export const OTHERS_SHARE = 0.1

export interface Seeding {
  /** Data folder of the local DynamoDB. */
  dataDir: string
  table: Resource
  owner: string
  /** How many images the owner has. */
  images: number
  /** Called now and then with how many there are. */
  onProgress?: (images: number) => void
}

/** What was written of the owner's images, in the mean of an image. */
export interface Seeded {
  items: number
  /** As DynamoDB counts them, the table's and each index's. */
  tableBytes: number
  indexBytes: Record<string, number>
}

/**
 * Writes a library straight into the store, in the layout of dynalite: through its own checks a million images would
 * take hours. Nothing else may have the store open.
 */
export async function seed({ dataDir, table: resource, owner, images, onProgress }: Seeding): Promise<Seeded> {
  const store = dynalite.create({
    path: join(dataDir, STORE_FOLDER), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0,
  })
  await store.db.open()
  try {
    const definition = tableDefinition(resource)
    await ensureTable(store, definition)
    const table = await findTable(store, definition.tableName)
    const sums: Seeded = { items: 0, tableBytes: 0, indexBytes: {} }
    const counts = new LabelCounts()
    let batch: Entry[] = []
    let writing: Promise<void> = Promise.resolve()
    const flush = async (): Promise<void> => {
      await writing
      writing = writeBatch(store, batch)
      batch = []
    }
    const add = (image: ImageItem, summed?: Seeded): void => {
      for (const item of tableItems(image)) {
        const entries = entriesOf(item, table, summed)
        if (images <= WHOLE_UP_TO || isImage(item)) batch.push(...entries)
        else if (isRead(item)) batch.push(...entries.slice(1))
      }
    }
    for (let rank = 0; rank < images; rank += 1) {
      const image = libraryImage(owner, rank)
      counts.add(image)
      add(image, sums)
      if (rank < images * OTHERS_SHARE) add(libraryImage(OTHERS[rank % OTHERS.length]!, rank, 1))
      if (batch.length >= BATCH_ENTRIES) {
        await flush()
        onProgress?.(rank + 1)
      }
    }
    for (const item of counts.items(owner)) batch.push(...entriesOf(item, table))
    await flush()
    await writing
    return {
      items: sums.items / images,
      tableBytes: sums.tableBytes / images,
      indexBytes: Object.fromEntries(Object.entries(sums.indexBytes).map(([name, bytes]) => [name, bytes / images])),
    }
  } finally {
    await new Promise<void>((resolve, reject) => {
      store.db.close((error) => (error ? reject(error as Error) : resolve()))
    })
  }
}

function isImage({ facet }: Item): boolean {
  return facet?.S === IMAGE_FACET
}

/** Whether a list of the bench comes by a facet. */
function isRead({ facet }: Item): boolean {
  const name = String(facet?.S)
  return name.startsWith(BANDS) || READ_FACETS.includes(name)
}

/** A value that is JSON already: it is written once for an item and all of its entries in indexes. */
type Entry = BatchOperation & { valueEncoding: 'utf8' }

/** First the item, then its index entries, as `createAtomicStore` lays them out; every index holds all attributes. */
function entriesOf(item: Item, table: TableRecord, sums?: Seeded): Entry[] {
  const { puts } = dynalite.getIndexActions(table.GlobalSecondaryIndexes ?? [], null, item, table)
  if (sums) {
    const bytes = dynalite.itemSize(item)
    sums.items += 1
    sums.tableBytes += bytes
    for (const { index } of puts) sums.indexBytes[index] = (sums.indexBytes[index] ?? 0) + bytes
  }
  const value = JSON.stringify(item)
  const keys = [
    `item-${table.TableName}~${dynalite.createKey(item, table)}`,
    ...puts.map(({ index, key }) => `index-global~${table.TableName}~${index}~${key}`),
  ]
  return keys.map((key) => ({ type: 'put', key, value, valueEncoding: 'utf8' }))
}
