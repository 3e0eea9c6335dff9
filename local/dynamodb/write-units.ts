import { isDeepStrictEqual } from 'node:util'
import type { ItemWrite } from './atomic-writes.ts'
import { dynalite, type IndexRecord, type Item, type TableRecord } from './dynalite.ts'

/** What one write costs, in write units; an index that it leaves alone is absent. */
interface WriteUnits {
  table: number
  globalIndexes: Record<string, number>
  localIndexes: Record<string, number>
}

/**
 * The table costs by the larger of the item before and after; an index by what changes in it: nothing when its entry
 * stays as it was, one write when the entry comes, goes or changes, two when its key moves.
 * Source: DynamoDB developer guide, "DynamoDB read and write operations" and "Using Global Secondary Indexes".
 */
export function writeUnits({ before, after }: ItemWrite, table: TableRecord): WriteUnits {
  const unitsOf = (indexes: IndexRecord[] = []): Record<string, number> =>
    Object.fromEntries(
      indexes.flatMap((index) => {
        const units = indexUnits(entryOf(before, index, table), entryOf(after, index, table))
        return units === 0 ? [] : [[index.IndexName, units]]
      }),
    )
  return {
    table: Math.max(unitsOfItem(before), unitsOfItem(after)),
    globalIndexes: unitsOf(table.GlobalSecondaryIndexes),
    localIndexes: unitsOf(table.LocalSecondaryIndexes),
  }
}

interface IndexEntry {
  key: string
  item: Item
}

function indexUnits(before: IndexEntry | undefined, after: IndexEntry | undefined): number {
  if (before && after) {
    if (before.key !== after.key) return unitsOfItem(before.item) + unitsOfItem(after.item)
    if (isDeepStrictEqual(before.item, after.item)) return 0
    return Math.max(unitsOfItem(before.item), unitsOfItem(after.item))
  }
  const one = before ?? after
  return one ? unitsOfItem(one.item) : 0
}

function entryOf(item: Item | undefined, index: IndexRecord, table: TableRecord): IndexEntry | undefined {
  if (!item) return undefined
  const [put] = dynalite.getIndexActions([index], null, item, table).puts
  // dynalite projects an attribute that the item lacks as undefined.
  return put && { key: put.key, item: JSON.parse(JSON.stringify(put.item)) as Item }
}

function unitsOfItem(item: Item | undefined): number {
  return dynalite.capacityUnits(item, false, true)
}
