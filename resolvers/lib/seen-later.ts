import { util } from '@aws-appsync/utils'
import type { RecordImageLabelsInput } from '../../generated/graphql.ts'
import type { ImageItem } from './image.ts'
import { publicKey } from './keys.ts'

/**
 * What a report changes about an image. Labels that are there stay, and so does what an operator decided: messages
 * come twice, and late. Ends the resolver with `NothingToUpdate` for a report that says nothing.
 */
export function seenLater(current: ImageItem, input: RecordImageLabelsInput): Record<string, unknown> {
  const labelsStatus = input.labelsStatus ?? null
  const moderationStatus = input.moderationStatus ?? null
  if (labelsStatus === null && moderationStatus === null) {
    util.error('input must have labelsStatus or moderationStatus, got neither.', 'NothingToUpdate')
  }
  const changed: Record<string, unknown> = {}
  if (labelsStatus !== null && isOpen(current.labelsStatus) && labelsStatus !== current.labelsStatus) {
    changed.labelsStatus = labelsStatus
    changed.labels = input.labels ?? []
  }
  if (moderationStatus === null) return changed
  const was = current.moderationStatus ?? 'NOT_ASKED'
  if (moderationStatus !== was && (input.decidedByOperator === true || isOpen(was))) {
    changed.moderationStatus = moderationStatus
    if (moderationStatus === 'CLEARED' && current.visibility === 'PUBLIC') changed.publicKey = publicKey(current.id)
    const moderationLabels = input.moderationLabels ?? null
    if (moderationLabels !== null) changed.moderationLabels = moderationLabels
  }
  return changed
}

/** Whether Rekognition has not answered yet. */
function isOpen(status: string): boolean {
  return status === 'PENDING' || status === 'UNAVAILABLE'
}
