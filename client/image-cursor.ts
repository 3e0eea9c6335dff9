/**
 * How far back a catch-up asks before the newest change that one before has told of, in milliseconds. A change may show
 * up behind a newer one: `updatedAt` is noted before the image is written, by a resolver that may take 30 seconds, and
 * the index behind `imageChanges` is a moment behind its table.
 * Source: AppSync developer guide, "Quotas": request execution time.
 */
const OVERLAP_MS = 60_000

/** From where to ask for changes. Moments are those of the API, never of this machine. */
export interface ImageCursor {
  /** ISO 8601. */
  readonly since: string
  /**
   * A page was read. Only pages move the cursor: an event says nothing of the changes before it.
   * @param newest `updatedAt` of the last image on the page, undefined for an empty page
   * @param elapsedMs since the catch-up began. Pages of a long one were read that much before the end: what shows up
   *   late on them is asked for once more
   */
  moveTo(newest: string | undefined, elapsedMs: number): void
}

export function imageCursor(begin: string): ImageCursor {
  let since = begin
  return {
    get since() {
      return since
    },
    moveTo(newest, elapsedMs) {
      if (newest === undefined) return
      const complete = Date.parse(newest) - OVERLAP_MS - Math.max(elapsedMs, 0)
      if (complete > Date.parse(since)) since = new Date(complete).toISOString()
    },
  }
}
