import { Readable } from 'node:stream'
import type { DynaliteStore, RangeOptions } from './dynalite.ts'

/** Entries that are fetched from LevelDB at once. */
const FETCH_ENTRIES = 64
/** Sorts behind every key of a prefix: keys are ASCII. */
const LAST = '\xff'

/**
 * The values below a prefix in a range of keys, in order. dynalite's own stream fetches one value at a time, and leaves
 * LevelDB's iterator open when a reader stops early.
 */
export function valueStream(db: DynaliteStore['db'], prefix: string, range: RangeOptions = {}): Readable {
  const { gt, gte, lt, lte, ...others } = range
  const iterator = db.values({
    ...others,
    ...(gt !== undefined && gte === undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') }),
    ...(lt !== undefined && lte === undefined ? { lt: prefix + lt } : { lte: prefix + (lte ?? LAST) }),
  })
  return new Readable({
    objectMode: true,
    read() {
      iterator.nextv(FETCH_ENTRIES).then(
        (values) => {
          if (values.length === 0) this.push(null)
          for (const value of values) this.push(value)
        },
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      )
    },
    destroy(error, callback) {
      iterator.close().then(
        () => callback(error),
        (failure: unknown) => callback(error ?? (failure instanceof Error ? failure : new Error(String(failure)))),
      )
    },
  })
}
