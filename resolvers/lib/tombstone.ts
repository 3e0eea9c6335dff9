import { util } from '@aws-appsync/utils'
import type { ImageItem } from './image.ts'
import { TOMBSTONE_DAYS } from './limits.ts'
import type { ImageChanges } from './write-image.ts'

/** What a deleted image had, and its tombstone must not keep. */
const KNOWN_OF_DELETED = [
  'keepsFacets', 'fileName', 'title', 'altText', 'category', 'tags', 'sha256', 'width', 'height', 'variants',
  'thumbhash', 'dominantColor', 'palette', 'perceptualHash', 'isAnimated', 'hasAlpha', 'camera', 'labels',
  'moderationStatus', 'moderationLabels', 'failure', 'claimedBy', 'views', 'lastViewedAt',
]

const SECONDS_PER_DAY = 24 * 60 * 60

/**
 * What makes a tombstone of a deleted image: nothing is known of it any more, and DynamoDB may drop it when nobody is
 * to be told any more. Not before all else is gone: what was only hidden stays until somebody has removed it.
 * @returns null for an image that is a tombstone already
 */
export function tombstoneOf(deleted: ImageItem): ImageChanges | null {
  const known = KNOWN_OF_DELETED.filter((name) => (deleted as unknown as Record<string, unknown>)[name] !== undefined)
  if (known.length === 0) return null
  const expiresAtEpochSeconds = util.time.nowEpochSeconds() + TOMBSTONE_DAYS * SECONDS_PER_DAY
  return { attributes: { expiresAtEpochSeconds }, removed: known }
}
