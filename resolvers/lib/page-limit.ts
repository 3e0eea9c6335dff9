import { util } from '@aws-appsync/utils'
import { MAX_PAGE_LIMIT } from './limits.ts'

/** Used when the caller passes null; leaving the argument out takes the schema's default, which is the same. */
const DEFAULT_LIMIT = 20

/** How many items the page may hold. Ends the resolver with `InvalidLimit` for what is out of range. */
export function checkLimit(limit: number | null | undefined): number {
  const asked = limit ?? DEFAULT_LIMIT
  if (asked < 1 || asked > MAX_PAGE_LIMIT) {
    util.error(`limit must be between 1 and ${MAX_PAGE_LIMIT}, got ${asked}.`, 'InvalidLimit')
  }
  return asked
}
