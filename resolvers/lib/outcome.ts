import { util } from '@aws-appsync/utils'
import type { ImageStatus, RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { ImageItem } from './image.ts'

/** The statuses that an image may be in for it to take the next one. What is not listed can't be recorded. */
const COMES_FROM: Partial<Record<ImageStatus, ImageStatus[]>> = {
  PROCESSING: ['PENDING'],
  READY: ['PENDING', 'PROCESSING'],
  REJECTED: ['PENDING', 'PROCESSING'],
  FAILED: ['PENDING', 'PROCESSING'],
  EXPIRED: ['PENDING'],
}

/** Statuses in which the work on an image ends. */
export const OUTCOME_STATUSES: ImageStatus[] = ['READY', 'REJECTED', 'FAILED', 'EXPIRED']

/** Statuses in which an image is finished, and stays unless somebody has it developed once more. */
export const TERMINAL_STATUSES: ImageStatus[] = [...OUTCOME_STATUSES, 'DELETED']

/** Statuses from which the owner may have an image developed once more: its original is there. */
export const REPROCESSED_FROM: ImageStatus[] = ['READY', 'REJECTED', 'FAILED']

/** What an image that is finished has, and one that starts over must not keep. */
const OUTCOME = [
  'failure', 'processedAt', 'width', 'height', 'variants', 'thumbhash', 'dominantColor', 'palette', 'perceptualHash',
  'isAnimated', 'hasAlpha', 'camera', 'labels', 'moderationStatus', 'moderationLabels', 'publicKey',
]

/** What a report says: the attributes that the image is to have, and the statuses that it may have had. */
export interface Outcome {
  attributes: Record<string, unknown>
  comesFrom: ImageStatus[]
}

/** Ends the resolver with `InvalidOutcome` unless the report is one that an image can have. */
export function checkOutcome(input: RecordImageProcessedInput): Outcome {
  const { status } = input
  const comesFrom = COMES_FROM[status]
  if (!comesFrom) {
    util.error(`status must be one of ${Object.keys(COMES_FROM).join(', ')}, got ${status}.`, 'InvalidOutcome')
  }
  if ((input.redriven === true || isReprocessing(input)) && status !== 'PROCESSING') {
    util.error(`redriven and mediaKey must go with PROCESSING, got ${status}.`, 'InvalidOutcome')
  }
  return { attributes: outcomeAttributes(input), comesFrom: comesFrom! }
}

/**
 * Whether the image may start over: it has FAILED in a way that another try may mend, and an operator sent the original
 * once more; or its owner did, and it has not been replaced since. What S3 repeats never wakes a finished image.
 */
export function isRestartOf(input: RecordImageProcessedInput, { status, failure, mediaKey }: ImageItem): boolean {
  if (isReprocessing(input)) return REPROCESSED_FROM.includes(status) && mediaKey === input.replacesMediaKey
  return input.redriven === true && status === 'FAILED' && !!failure && failure.retryable
}

/** What an image has no more that starts over, of what it has. */
export function outcomeOf(current: ImageItem): string[] {
  return OUTCOME.filter((name) => (current as unknown as Record<string, unknown>)[name] !== undefined)
}

/** Whether the owner has the image developed once more. */
export function isReprocessing({ mediaKey, replacesMediaKey }: RecordImageProcessedInput): boolean {
  return (mediaKey ?? null) !== null && (replacesMediaKey ?? null) !== null
}

/** Of the input, the attributes that an image in its status has to have. */
function outcomeAttributes(input: RecordImageProcessedInput): Record<string, unknown> {
  if (input.status === 'PROCESSING') {
    const claimed = { claimedBy: input.claim ?? null }
    return isReprocessing(input) ? { ...claimed, mediaKey: input.mediaKey, labelsStatus: 'PENDING' } : claimed
  }
  if (input.status !== 'READY') return complete(input.status, { failure: input.failure })
  const { sha256, width, height, variants, thumbhash, dominantColor, palette, isAnimated, hasAlpha } = input
  const { labels, labelsStatus } = input
  const needed = {
    sha256, width, height, variants, thumbhash, dominantColor, palette, isAnimated, hasAlpha, labels, labelsStatus,
  }
  return {
    ...complete('READY', needed),
    perceptualHash: input.perceptualHash ?? null,
    camera: input.camera ?? null,
    moderationStatus: input.moderationStatus ?? 'NOT_ASKED',
    moderationLabels: input.moderationLabels ?? [],
  }
}

function complete(status: ImageStatus, attributes: Record<string, unknown>): Record<string, unknown> {
  const missing = Object.keys(attributes).filter((name) => attributes[name] === undefined || attributes[name] === null)
  if (missing.length > 0) {
    util.error(`An image that is ${status} must have ${missing.join(', ')}; got none.`, 'InvalidOutcome')
  }
  return attributes
}
