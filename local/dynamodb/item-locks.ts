import type { DynaliteStore } from './dynalite.ts'

/** An item by its table and dynalite's key. */
export interface LockedItem {
  table: string
  key: string
}

/**
 * Takes dynalite's own locks of items, one after the other in one order, so that no two callers wait for each other.
 * @returns lets go of all of them
 */
export async function lockItems(store: DynaliteStore, items: readonly LockedItem[]): Promise<() => void> {
  const held: (() => void)[] = []
  for (const item of [...items].sort(byTableAndKey)) held.push(await lockItem(store, item))
  return () => {
    for (const release of held) release()
  }
}

function lockItem(store: DynaliteStore, { table, key }: LockedItem): Promise<() => void> {
  return new Promise((resolve) => {
    store.getItemDb(table).lock(key, (release) => resolve(release(() => undefined)))
  })
}

function byTableAndKey(a: LockedItem, b: LockedItem): number {
  if (a.table !== b.table) return a.table < b.table ? -1 : 1
  return a.key < b.key ? -1 : Number(a.key > b.key)
}
