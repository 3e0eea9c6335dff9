import type { Labelling } from './label-picture.ts'
import type { Log } from './log.ts'
import type { MessageQueue } from './message-queue.ts'
import type { LabelPictures } from './media-objects.ts'
import type { Tally } from './tally.ts'

/** What Rekognition is asked later, one message a question. */
export const QUESTIONS = ['labels', 'moderation'] as const
export type Question = (typeof QUESTIONS)[number]

/** What one message asks for. */
export interface LabelRequest {
  id: string
  owner: string
  mediaKey: string
  question: Question
}

export interface LabelLaterServices {
  labelPictures: Pick<LabelPictures, 'keep'>
  labelQueue: MessageQueue
  tally: Pick<Tally, 'labelsLater'>
  log: Log
}

/** How long after the first attempt Rekognition is asked again, in seconds: by then a burst has passed. */
export const LABEL_DELAY_SECONDS = 60

/** How much of a strange body an error quotes, in characters. */
const QUOTED_LENGTH = 80

/** Owners are UUIDs, ids ULIDs, media keys base64url. */
const KEY_PART = /^[A-Za-z0-9_-]{1,128}$/

/**
 * Before READY is recorded: when labels or moderation are PENDING, keeps the JPEG and sends a delayed message for each,
 * so that they come later. May be repeated.
 * @throws S3's error, MessageNotSent: then nothing may be recorded that would stay PENDING
 */
export async function labelLater(
  labelling: Labelling,
  image: { id: string; owner: string; mediaKey: string },
  jpeg: Buffer | undefined,
  services: LabelLaterServices,
): Promise<void> {
  const { labelPictures, labelQueue, tally, log } = services
  const questions = QUESTIONS.filter((question) => isPending(labelling, question))
  if (questions.length === 0) return
  if (!jpeg) throw new TypeError('expected the JPEG of a picture whose labels are PENDING, got none')
  const { id, owner, mediaKey } = image
  await labelPictures.keep(mediaKey, jpeg)
  for (const question of questions) {
    const request: LabelRequest = { id, owner, mediaKey, question }
    await labelQueue.send(JSON.stringify(request), LABEL_DELAY_SECONDS)
  }
  tally.labelsLater()
  log.info('labels come later', { imageId: id, questions })
}

/** Whether Rekognition has yet to answer one question. */
export function isPending(
  { labelsStatus, moderationStatus }: { labelsStatus: string; moderationStatus: string },
  question: Question,
): boolean {
  return (question === 'labels' ? labelsStatus : moderationStatus) === 'PENDING'
}

/**
 * Reads what `labelLater` wrote.
 * @throws SyntaxError, TypeError for anything else
 */
export function readLabelRequest(body: string): LabelRequest {
  const { id, owner, mediaKey, question } = (JSON.parse(body) ?? {}) as Partial<LabelRequest>
  const isKnown = question !== undefined && QUESTIONS.includes(question)
  if (!isKnown || !isKeyPart(id) || !isKeyPart(owner) || !isKeyPart(mediaKey)) {
    throw new TypeError(`expected a request for labels, got ${body.slice(0, QUOTED_LENGTH)}`)
  }
  return { id, owner, mediaKey, question }
}

function isKeyPart(value: unknown): value is string {
  return typeof value === 'string' && KEY_PART.test(value)
}
