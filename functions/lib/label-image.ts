import { deadline } from './clock.ts'
import { isPending, QUESTIONS, type LabelRequest } from './label-later.ts'
import type { LabelOutcomes, LabelReport, LabelsReported } from './label-outcomes.ts'
import { label, LABELS_DEADLINE_MS, type LabelServices } from './label-picture.ts'
import type { LabelPictures } from './media-objects.ts'
import { moderate } from './moderation.ts'
import type { LabelTally } from './tally.ts'

export interface LabelImageServices extends LabelServices {
  labelPictures: Pick<LabelPictures, 'read' | 'remove'>
  outcomes: LabelOutcomes
  tally: LabelTally
}

/** What answers one question. */
type Answer = Omit<LabelReport, 'id' | 'owner' | 'mediaKey'>

/** The message came before READY was recorded. */
export class ImageNotReadyYet extends Error {
  override readonly name = 'ImageNotReadyYet'
  constructor(imageId: string) {
    super(`Image ${imageId} is not READY yet.`)
  }
}

/**
 * Asks Rekognition what it did not answer before, records that, and removes the picture once nothing is left to be
 * asked. A picture that is gone was answered or has FAILED; should its image be READY and open all the same, it is
 * UNAVAILABLE, so that nothing stays PENDING. May be repeated.
 * @throws ImageNotReadyYet, and whatever Rekognition, S3 or the API say: then the message is to come again
 */
export async function labelImage(request: LabelRequest, services: LabelImageServices): Promise<void> {
  const { labelPictures, tally, log } = services
  const { id: imageId, mediaKey, question } = request
  const jpeg = await labelPictures.read(mediaKey)
  if (!jpeg) {
    const { kind } = await report(request, unavailable(question), services)
    log.info('picture to label is gone', { imageId, question, outcome: kind })
    return
  }
  const answer = await ask(question, jpeg, services)
  const reported = await report(request, answer, services)
  if (reported.kind === 'not-ready') throw new ImageNotReadyYet(imageId)
  if (isDone(reported)) await labelPictures.remove(mediaKey)
  if (reported.kind === 'recorded') tally.labelled()
  log.info('labels came later', { imageId, question, outcome: reported.kind })
}

/**
 * Records that Rekognition was asked often enough. The picture goes, unless another question is still open.
 * @throws when the API or S3 can't be reached, so that the message comes again
 */
export async function giveUpLabels(request: LabelRequest, services: LabelImageServices): Promise<void> {
  const { labelPictures, tally, log } = services
  const { id: imageId, mediaKey, question } = request
  const reported = await report(request, unavailable(question), services)
  if (isDone(reported)) await labelPictures.remove(mediaKey)
  if (reported.kind === 'recorded') tally.labelsUnavailable()
  log.warn('labels given up', { imageId, question, outcome: reported.kind })
}

function report(
  { id, owner, mediaKey }: LabelRequest,
  answer: Answer,
  { outcomes }: LabelImageServices,
): Promise<LabelsReported> {
  return outcomes.record({ id, owner, mediaKey, ...answer })
}

/** Whether nobody needs the picture any more. */
function isDone(reported: LabelsReported): boolean {
  return reported.kind !== 'recorded' || !QUESTIONS.some((question) => isPending(reported.image, question))
}

function unavailable(question: LabelRequest['question']): Answer {
  return question === 'labels' ? { labelsStatus: 'UNAVAILABLE' } : { moderationStatus: 'UNAVAILABLE' }
}

async function ask(
  question: LabelRequest['question'],
  jpeg: Uint8Array,
  { labeler, moderator, clock }: LabelImageServices,
): Promise<Answer> {
  const limit = deadline(clock, LABELS_DEADLINE_MS)
  try {
    if (question === 'labels') return await label(jpeg, labeler, limit.signal)
    // Asked when the picture was developed, and not any more: an operator has to look.
    return moderator ? await moderate(jpeg, moderator, limit.signal) : unavailable(question)
  } finally {
    limit.cancel()
  }
}
