import { describe, expect, it } from 'vitest'
import { isPending, labelLater, readLabelRequest } from '../../functions/lib/label-later.ts'
import type { Labelling } from '../../functions/lib/label-picture.ts'
import { fixture } from '../fixtures/index.ts'
import { givenDarkroom, ID, MEDIA_KEY, OWNER, SKY } from './given.ts'

const IMAGE = { id: ID, owner: OWNER, mediaKey: MEDIA_KEY }
const JPEG = Buffer.from('jpeg')
const ANSWERED: Labelling = {
  labels: [SKY], labelsStatus: 'READY', moderationStatus: 'CLEARED', moderationLabels: [],
}

const labelsPending: Labelling = { ...ANSWERED, labels: [], labelsStatus: 'PENDING' }
const moderationPending: Labelling = { ...ANSWERED, moderationStatus: 'PENDING' }

describe('what Rekognition did not answer', () => {
  it.each([
    ['labels', labelsPending, ['labels']],
    ['moderation', moderationPending, ['moderation']],
    ['both', { ...labelsPending, moderationStatus: 'PENDING' } as Labelling, ['labels', 'moderation']],
  ])('is asked a minute later, one message a question: %s', async (_what, labelling, questions) => {
    const { services, labelPictures, labelRequests, tallied } = givenDarkroom(await fixture('icon'))
    await labelLater(labelling, IMAGE, JPEG, services)
    expect([...labelPictures]).toEqual([[MEDIA_KEY, JPEG]])
    expect(labelRequests).toEqual(questions.map((question) => ({ ...IMAGE, question, delaySeconds: 60 })))
    expect(tallied).toEqual(['labels later'])
  })

  it('is nothing when all is answered: no picture is kept, nobody is asked', async () => {
    const { services, labelPictures, labelRequests, tallied } = givenDarkroom(await fixture('icon'))
    await labelLater(ANSWERED, IMAGE, JPEG, services)
    await labelLater({ ...ANSWERED, labelsStatus: 'SKIPPED_TOO_SMALL' }, IMAGE, undefined, services)
    expect([labelPictures.size, labelRequests, tallied]).toEqual([0, [], []])
  })

  it('is asked of no picture that is not kept', async () => {
    const { services, labelRequests } = givenDarkroom(await fixture('icon'))
    const labelPictures = { keep: async () => Promise.reject(new Error('SlowDown')) }
    await expect(labelLater(labelsPending, IMAGE, JPEG, { ...services, labelPictures })).rejects.toThrow('SlowDown')
    await expect(labelLater(labelsPending, IMAGE, undefined, services)).rejects.toThrow(TypeError)
    expect(labelRequests).toEqual([])
  })

  it('is told question by question', () => {
    expect([isPending(labelsPending, 'labels'), isPending(labelsPending, 'moderation')]).toEqual([true, false])
    expect([isPending(moderationPending, 'labels'), isPending(moderationPending, 'moderation')]).toEqual([false, true])
  })
})

describe('a request for labels', () => {
  it('is read as it was written', () => {
    const request = { ...IMAGE, question: 'moderation' }
    expect(readLabelRequest(JSON.stringify(request))).toEqual(request)
  })

  it.each([
    'null',
    '{}',
    JSON.stringify({ ...IMAGE, question: 'faces' }),
    JSON.stringify({ ...IMAGE, question: 'labels', mediaKey: '../originals' }),
    JSON.stringify({ ...IMAGE, question: 'labels', owner: 7 }),
  ])('is refused unless it is one: %s', (body) => {
    expect(() => readLabelRequest(body)).toThrow('expected a request for labels, got ')
  })

  it('is refused when it is no JSON', () => {
    expect(() => readLabelRequest('hello')).toThrow(SyntaxError)
  })
})
