import { util } from '@aws-appsync/utils'
import type { ImageStatus, RecordImageProcessedInput } from '../../generated/graphql.ts'

/** The statuses that an image may be in for it to take the next one. What is not listed can't be recorded. */
const COMES_FROM: Partial<Record<ImageStatus, ImageStatus[]>> = {
  PROCESSING: ['PENDING'],
  READY: ['PENDING', 'PROCESSING'],
  REJECTED: ['PENDING', 'PROCESSING'],
  FAILED: ['PENDING', 'PROCESSING'],
  EXPIRED: ['PENDING'],
}

/** Ends the resolver unless a status can be recorded; else the statuses it may follow. */
export function comesFrom(status: ImageStatus): ImageStatus[] {
  const previous = COMES_FROM[status]
  if (!previous) {
    util.error(`status must be one of ${Object.keys(COMES_FROM).join(', ')}, got ${status}.`, 'InvalidOutcome')
  }
  return previous!
}

/** Statuses in which an image is finished, and stays, but for FAILED when an operator sends the original again. */
export const TERMINAL_STATUSES: ImageStatus[] = ['READY', 'REJECTED', 'FAILED', 'EXPIRED']

/** What an image that is FAILED has, and one that starts over must not keep. */
export const OUTCOME_OF_FAILED = ['failure', 'processedAt']

/** Whether a FAILED image may start over. Ends the resolver with `InvalidOutcome` for any other status that says so. */
export function isRestart({ status, redriven }: RecordImageProcessedInput): boolean {
  if (redriven !== true) return false
  if (status !== 'PROCESSING') util.error(`redriven must go with PROCESSING, got ${status}.`, 'InvalidOutcome')
  return true
}

/** Of the input, the attributes that an image in its status has to have. */
export function outcomeAttributes(input: RecordImageProcessedInput): Record<string, unknown> {
  if (input.status === 'PROCESSING') return {}
  if (input.status !== 'READY') return complete(input.status, { failure: input.failure })
  const { sha256, width, height, variants, thumbhash, dominantColor, labels, labelsStatus } = input
  return complete('READY', { sha256, width, height, variants, thumbhash, dominantColor, labels, labelsStatus })
}

function complete(status: ImageStatus, attributes: Record<string, unknown>): Record<string, unknown> {
  const missing = Object.keys(attributes).filter((name) => attributes[name] === undefined || attributes[name] === null)
  if (missing.length > 0) {
    util.error(`An image that is ${status} must have ${missing.join(', ')}; got none.`, 'InvalidOutcome')
  }
  return attributes
}
