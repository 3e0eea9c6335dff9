import { describe, expect, it } from 'vitest'
import type { Image } from '../../generated/graphql.ts'
import { giveUpLabels, ImageNotReadyYet, labelImage } from '../../functions/lib/label-image.ts'
import type { Question } from '../../functions/lib/label-later.ts'
import type { LabelReport, LabelsReported } from '../../functions/lib/label-outcomes.ts'
import { givenLog, HandClock, ID, MEADOW, MEDIA_KEY, OWNER, SKY } from './given.ts'

const JPEG = Buffer.from('jpeg')
const HARM = { name: 'Violence', confidence: 83, parentName: null }
const OPEN = { labelsStatus: 'PENDING', moderationStatus: 'PENDING' } as const

interface Given {
  /** What the image is like in the end. */
  image?: Partial<Image>
  reported?: LabelsReported
  throttled?: boolean
  withoutModerator?: boolean
  withoutPicture?: boolean
}

/** Handles one message; answers what was reported, what became of the picture, and how it ended. */
async function handle(act: typeof labelImage, question: Question, given: Given = {}) {
  const reports: LabelReport[] = []
  const asked: string[] = []
  const tallied: string[] = []
  let picture: Uint8Array | undefined = given.withoutPicture ? undefined : JPEG
  const detect = <Answer>(what: string, answer: Answer) => async (jpeg: Uint8Array) => {
    expect(jpeg).toBe(JPEG)
    asked.push(what)
    if (given.throttled) throw new Error('ThrottlingException')
    return answer
  }
  const clock = new HandClock()
  const end = await act(
    { id: ID, owner: OWNER, mediaKey: MEDIA_KEY, question },
    {
      labelPictures: { read: async () => picture, remove: async () => void (picture = undefined) },
      labeler: { detect: detect('labels', [SKY, MEADOW]) },
      moderator: given.withoutModerator ? undefined : { detect: detect('moderation', [HARM]) },
      outcomes: {
        async record(input) {
          reports.push(input)
          return given.reported ?? { kind: 'recorded', image: { ...given.image } as Image }
        },
      },
      tally: { labelled: () => tallied.push('labelled'), labelsUnavailable: () => tallied.push('unavailable') },
      clock,
      log: givenLog().log,
    },
  ).catch((error: unknown) => error)
  expect(clock.pendingCalls).toBe(0)
  return { reports, asked, tallied, isKept: picture !== undefined, end }
}

const REPORT = { id: ID, owner: OWNER, mediaKey: MEDIA_KEY }

describe('labels that come later', () => {
  it.each([
    ['labels', { labelsStatus: 'READY', labels: [MEADOW, SKY] }],
    ['moderation', { moderationStatus: 'HELD', moderationLabels: [HARM] }],
  ] as const)('are asked for and recorded by what the message asks, and nothing else: %s', async (question, answer) => {
    const { reports, asked, tallied, end } = await handle(labelImage, question)
    expect(end).toBeUndefined()
    expect([asked, reports, tallied]).toEqual([[question], [{ ...REPORT, ...answer }], ['labelled']])
  })

  it('have their picture removed once the image waits for nothing more', async () => {
    expect((await handle(labelImage, 'labels', { image: { ...OPEN, labelsStatus: 'READY' } })).isKept).toBe(true)
    const answered = { labelsStatus: 'READY', moderationStatus: 'CLEARED' } as const
    expect((await handle(labelImage, 'labels', { image: answered })).isKept).toBe(false)
  })

  it('are asked for again when Rekognition fails again: nothing is recorded, the picture stays', async () => {
    const { end, reports, isKept } = await handle(labelImage, 'labels', { throttled: true })
    expect(end).toMatchObject({ message: 'ThrottlingException' })
    expect([reports, isKept]).toEqual([[], true])
  })

  it('come again for an image that is not READY yet', async () => {
    const { end, isKept, tallied } = await handle(labelImage, 'labels', { reported: { kind: 'not-ready' } })
    expect(end).toBeInstanceOf(ImageNotReadyYet)
    expect([isKept, tallied]).toEqual([true, []])
  })

  it('are done with when nobody knows the image', async () => {
    const { end, isKept, tallied } = await handle(labelImage, 'labels', { reported: { kind: 'unknown-image' } })
    expect([end, isKept, tallied]).toEqual([undefined, false, []])
  })

  it.each([
    ['READY', undefined],
    ['FAILED', { kind: 'not-ready' } as const],
  ])('are UNAVAILABLE without a picture, and done with: %s', async (_status, reported) => {
    const { end, asked, reports, tallied } = await handle(labelImage, 'labels', { withoutPicture: true, reported })
    expect([end, asked, tallied]).toEqual([undefined, [], []])
    expect(reports).toEqual([{ ...REPORT, labelsStatus: 'UNAVAILABLE' }])
  })

  it('leave what is held back to an operator when nobody asks for moderation any more', async () => {
    const { reports, asked } = await handle(labelImage, 'moderation', { withoutModerator: true })
    expect([asked, reports]).toEqual([[], [{ ...REPORT, moderationStatus: 'UNAVAILABLE' }]])
  })
})

describe('labels that were asked for often enough', () => {
  it.each([
    ['labels', { labelsStatus: 'UNAVAILABLE' }],
    ['moderation', { moderationStatus: 'UNAVAILABLE' }],
  ] as const)('are UNAVAILABLE: %s', async (question, answer) => {
    const { reports, asked, tallied, isKept } = await handle(giveUpLabels, question)
    expect([asked, reports, tallied]).toEqual([[], [{ ...REPORT, ...answer }], ['unavailable']])
    expect(isKept).toBe(false)
  })

  it('leave the picture to the other question', async () => {
    expect((await handle(giveUpLabels, 'labels', { image: OPEN })).isKept).toBe(true)
  })

  it('are done with when the image never became READY', async () => {
    const { end, isKept, tallied } = await handle(giveUpLabels, 'labels', { reported: { kind: 'not-ready' } })
    expect([end, isKept, tallied]).toEqual([undefined, false, []])
  })
})
