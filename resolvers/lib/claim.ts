import { util } from '@aws-appsync/utils'
import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { ImageItem } from './image.ts'
import { isReprocessing } from './outcome.ts'

/** How long SQS hides a message from all but who received it, in milliseconds, and how often it lets it be tried. */
const HIDDEN_MS = 6 * 60 * 1_000
const MAX_RECEIVE_COUNT = 3

/**
 * How long a claim keeps others away: until its message has been tried for the last time, and been given up. In
 * milliseconds.
 */
const CLAIM_MS = MAX_RECEIVE_COUNT * HIDDEN_MS

/**
 * Of an image that is PROCESSING already: whether who asks for it has it. False: it may be taken over, since nobody has
 * been heard of for long. Ends the resolver with `ImageBeingProcessed` when somebody else has it.
 */
export function holdsClaim(current: ImageItem, input: RecordImageProcessedInput): boolean {
  const { claim } = input
  // Renditions under a media key that an image loses while it is being developed would be removed by nobody.
  if (isReprocessing(input) && current.mediaKey !== input.mediaKey) beingProcessed()
  const holder = current.claimedBy ?? null
  if (holder === (claim ?? null)) return true
  const heldMs = util.time.nowEpochMilliSeconds() - util.time.parseISO8601ToEpochMilliSeconds(current.updatedAt)
  if (heldMs < CLAIM_MS) beingProcessed()
  return false
}

function beingProcessed(): void {
  util.error('Somebody else is developing the image.', 'ImageBeingProcessed')
}
