import { util } from '@aws-appsync/utils'
import { MAX_TITLE_LENGTH } from './limits.ts'

/** The title to store, null for none or a blank one. Ends the resolver with `InvalidTitle` when it is too long. */
export function checkTitle(title: string | null | undefined): string | null {
  if (title === undefined || title === null || title.trim().length === 0) return null
  if (title.length > MAX_TITLE_LENGTH) {
    util.error(`title must have at most ${MAX_TITLE_LENGTH} characters, got ${title.length}.`, 'InvalidTitle')
  }
  return title
}
