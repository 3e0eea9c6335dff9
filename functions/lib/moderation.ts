import type { ModerationLabelInput, ModerationStatus } from '../../generated/graphql.ts'

/** Sees what stands against showing a picture. */
export interface Moderator {
  /**
   * All that is at or above the confidence that this deployment asks for.
   * @param jpeg as for `Labeler`
   */
  detect(jpeg: Uint8Array, signal: AbortSignal): Promise<ModerationLabelInput[]>
}

export interface Moderation {
  moderationStatus: ModerationStatus
  /** Most certain first. */
  moderationLabels: ModerationLabelInput[]
}

/**
 * Whether a picture may be shown: HELD for whatever was found, CLEARED for nothing, NOT_ASKED without a moderator.
 * @throws whatever Rekognition says, and the signal's reason
 */
export async function moderate(
  jpeg: Uint8Array,
  moderator: Moderator | undefined,
  signal: AbortSignal,
): Promise<Moderation> {
  if (!moderator) return { moderationStatus: 'NOT_ASKED', moderationLabels: [] }
  const found = await moderator.detect(jpeg, signal)
  return {
    moderationStatus: found.length > 0 ? 'HELD' : 'CLEARED',
    moderationLabels: found.toSorted((a, b) => b.confidence - a.confidence),
  }
}

/** What `MODERATION_MIN_CONFIDENCE` says where nobody asks. */
const OFF = 'off'

/**
 * From which confidence on a label stands against showing a picture, in percent; undefined: nobody asks.
 * @param text `off`, or a number from 0 to 100
 * @throws RangeError
 */
export function readMinConfidence(text: string): number | undefined {
  if (text === OFF) return undefined
  const percent = Number(text)
  if (percent >= 0 && percent <= 100) return percent
  throw new RangeError(`MODERATION_MIN_CONFIDENCE must be ${OFF} or a number from 0 to 100, got "${text}"`)
}
