import type { BatchOperation, DynaliteStore, Item, SubStore } from './dynalite.ts'
import { valueStream } from './value-stream.ts'

/** The store as one operation sees it, and what it found there. */
export interface AtomicStore {
  store: DynaliteStore
  /** The item as it was when a write looked at it, under its lock; undefined when there was none. */
  itemBefore(): Item | undefined
}

/**
 * A view of the store for one operation. dynalite writes an item's index entries one by one and then the item; here
 * they are gathered and go to the disk as one batch with the item, so that a killed process leaves both or neither.
 * Keys in the batch follow dynalite 4's own layout: `item-<table>~` and `index-<kind>~<table>~<index>~`. Reads of many
 * items go by `valueStream`.
 */
export function createAtomicStore(base: DynaliteStore): AtomicStore {
  let gathered: BatchOperation[] = []
  let before: Item | undefined

  const view: DynaliteStore = Object.create(base) as DynaliteStore
  view.getIndexDb = (kind, table, index) => {
    const prefix = `index-${kind.toLowerCase()}~${table}~${index}~`
    return over(base.getIndexDb(kind, table, index), {
      createValueStream: (options) => valueStream(base.db, prefix, options),
      put(key, value, callback) {
        gathered.push({ type: 'put', key: prefix + key, value })
        callback(null)
      },
      del(key, callback) {
        gathered.push({ type: 'del', key: prefix + key })
        callback(null)
      },
    })
  }
  view.getItemDb = (table) => {
    const prefix = `item-${table}~`
    const items = base.getItemDb(table)
    const flush = (last: BatchOperation, callback: (error: unknown) => void): void => {
      const batch = [...gathered, last]
      gathered = []
      base.db.batch(batch, callback)
    }
    return over(items, {
      createValueStream: (options) => valueStream(base.db, prefix, options),
      get(key, callback) {
        items.get(key, (error, item) => {
          before = item
          callback(error, item)
        })
      },
      put: (key, value, callback) => flush({ type: 'put', key: prefix + key, value }, callback),
      del: (key, callback) => flush({ type: 'del', key: prefix + key }, callback),
    })
  }
  return { store: view, itemBefore: () => before }
}

function over(base: SubStore, methods: Partial<SubStore>): SubStore {
  return Object.assign(Object.create(base) as SubStore, methods)
}
