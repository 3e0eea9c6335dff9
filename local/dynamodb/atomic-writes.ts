import type { BatchOperation, DynaliteStore, Item, Lock, SubStore } from './dynalite.ts'
import { valueStream } from './value-stream.ts'

/** What one write made of one item; undefined where there is none. */
export interface ItemWrite {
  tableName: string
  before: Item | undefined
  after: Item | undefined
}

/** The store as one operation sees it, and what it found and left there. */
export interface AtomicStore {
  store: DynaliteStore
  /** The item as it was when a write looked at it, under its lock; undefined when there was none. */
  itemBefore(): Item | undefined
  /** The writes that went through, in their order. */
  writes: readonly ItemWrite[]
}

/** Where an operation's writes go, and how it waits for its turn on an item. */
interface WriteTarget {
  /** Takes an item with all of its index entries at once. */
  write(batch: BatchOperation[], callback: (error: unknown) => void): void
  /** @default the lock of the table */
  lock?: Lock
}

/**
 * A view of the store for one operation. dynalite writes an item's index entries one by one and then the item; here
 * they are gathered and go to the disk as one batch with the item, so that a killed process leaves both or neither.
 * Keys in the batch follow dynalite 4's own layout: `item-<table>~` and `index-<kind>~<table>~<index>~`. Reads of many
 * items go by `valueStream`.
 * @param target @default LevelDB
 */
export function createAtomicStore(
  base: DynaliteStore,
  target: WriteTarget = { write: (batch, callback) => base.db.batch(batch, callback) },
): AtomicStore {
  let gathered: BatchOperation[] = []
  let before: Item | undefined
  const writes: ItemWrite[] = []

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
  view.getItemDb = (tableName) => {
    const prefix = `item-${tableName}~`
    const items = base.getItemDb(tableName)
    const flush = (last: BatchOperation, after: Item | undefined, callback: (error: unknown) => void): void => {
      const batch = [...gathered, last]
      const write = { tableName, before, after }
      gathered = []
      target.write(batch, (error) => {
        if (!error) writes.push(write)
        callback(error)
      })
    }
    return over(items, {
      ...(target.lock && { lock: target.lock }),
      createValueStream: (options) => valueStream(base.db, prefix, options),
      get(key, callback) {
        items.get(key, (error, item) => {
          before = item
          callback(error, item)
        })
      },
      put: (key, value, callback) => flush({ type: 'put', key: prefix + key, value }, value as Item, callback),
      del: (key, callback) => flush({ type: 'del', key: prefix + key }, undefined, callback),
    })
  }
  return { store: view, itemBefore: () => before, writes }
}

function over(base: SubStore, methods: Partial<SubStore>): SubStore {
  return Object.assign(Object.create(base) as SubStore, methods)
}
