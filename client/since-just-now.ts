import type { SyncState } from './image-sync.ts'

/** By how much the clock of this machine may be ahead of the API's, in milliseconds. */
const CLOCK_AHEAD_MS = 60_000

/** To follow what changes from now on, and what changed within the last minute. */
export function sinceJustNow(): SyncState {
  return { since: new Date(Date.now() - CLOCK_AHEAD_MS).toISOString() }
}
