import type { LabelInput, LabelsStatus } from '../../generated/graphql.ts'
import { deadline, type Clock } from './clock.ts'
import type { Log } from './log.ts'
import { moderate, type Moderation, type Moderator } from './moderation.ts'

/** Sees what is on a picture. */
export interface Labeler {
  /** @param jpeg oriented, sRGB, each side 80 to 10,000 px, at most 5 MB */
  detect(jpeg: Uint8Array, signal: AbortSignal): Promise<LabelInput[]>
}

/** What Rekognition said of a picture, as far as it was asked and answered in time; PENDING is what it did not. */
export interface Labelling extends Moderation {
  /** Most certain first. */
  labels: LabelInput[]
  labelsStatus: Extract<LabelsStatus, 'READY' | 'SKIPPED_TOO_SMALL' | 'PENDING'>
}

export interface LabelServices {
  labeler: Labeler
  /** Undefined: this deployment does not ask whether a picture may be shown. */
  moderator: Moderator | undefined
  clock: Clock
  log: Log
}

/** How long an image waits for its labels, retries included: a sixth of the function's minute. */
export const LABELS_DEADLINE_MS = 10_000

/**
 * Starts the labelling of a picture, so that its variants are made meanwhile. What is promised never rejects: what goes
 * wrong is PENDING, for labels never hold up a picture.
 * @param jpeg undefined: the picture is too small for Rekognition. Then nobody can say either that it may be shown, so
 * that it is HELD where that is asked.
 * @returns `cancelLabelling` ends what still runs, when nobody waits for it any more
 */
export function startLabelling(
  jpeg: Buffer | undefined,
  services: LabelServices,
): { labelling: Promise<Labelling>; cancelLabelling: () => void } {
  const { labeler, moderator, clock, log } = services
  if (!jpeg) {
    const labelling = Promise.resolve<Labelling>({ ...TOO_SMALL, moderationStatus: moderator ? 'HELD' : 'NOT_ASKED' })
    return { labelling, cancelLabelling: () => undefined }
  }
  const limit = deadline(clock, LABELS_DEADLINE_MS)
  const cancelled = new AbortController()
  const signal = AbortSignal.any([limit.signal, cancelled.signal])
  const orLater = async <Answer>(question: string, asked: Promise<Answer>, later: Answer): Promise<Answer> => {
    try {
      return await asked
    } catch (error) {
      if (!cancelled.signal.aborted) {
        log.warn(`${question} will come later`, { error: error instanceof Error ? error : new Error(String(error)) })
      }
      return later
    }
  }
  const labelling = Promise.all([
    orLater<Labels>('labels', label(jpeg, labeler, signal), { labels: [], labelsStatus: 'PENDING' }),
    orLater<Moderation>('moderation', moderate(jpeg, moderator, signal), UNMODERATED),
  ])
    .then(([labels, moderation]) => ({ ...labels, ...moderation }))
    .finally(limit.cancel)
  return { labelling, cancelLabelling: () => cancelled.abort() }
}

type Labels = Pick<Labelling, 'labels' | 'labelsStatus'>

const TOO_SMALL: Omit<Labelling, 'moderationStatus'> = {
  labels: [], labelsStatus: 'SKIPPED_TOO_SMALL', moderationLabels: [],
}
const UNMODERATED: Moderation = { moderationStatus: 'PENDING', moderationLabels: [] }

/**
 * What is on a picture.
 * @throws whatever Rekognition says, and the signal's reason
 */
export async function label(
  jpeg: Uint8Array,
  labeler: Labeler,
  signal: AbortSignal,
): Promise<{ labels: LabelInput[]; labelsStatus: 'READY' }> {
  const labels = await labeler.detect(jpeg, signal)
  return { labels: labels.toSorted((a, b) => b.confidence - a.confidence), labelsStatus: 'READY' }
}
