import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenItem, ID, OWNER } from './given.ts'
import { FAILURE, givenPipeline, messagesOf, NOT_SENT, SENT, type StepOutcome } from './given-pipeline.ts'

const STEPS = ['1.getImage', '2.queueOriginal']
const pipeline = givenPipeline('Mutation.reprocessImage', STEPS)

const reprocess = (item: ImageItem | null, outcomes: Record<string, StepOutcome> = {}, id = ID) =>
  pipeline({ id }, { '1.getImage': { result: item }, '2.queueOriginal': SENT, ...outcomes })

describe('Mutation.reprocessImage', () => {
  it.each(['READY', 'REJECTED', 'FAILED'] as const)(
    'queues the original of an image that is %s, under another media key, and answers the image as it is',
    (status) => {
      const { asked, answer } = reprocess(givenItem({ status }))
      expect(asked['1.getImage']).toMatchObject({ operation: 'GetItem', consistentRead: true })
      const object = { key: `originals/${OWNER}/${ID}`, size: 1_000 }
      const s3 = { bucket: { name: 'the-originals' }, object }
      const [message, ...others] = messagesOf(asked['2.queueOriginal'])
      expect([message, others]).toEqual([{
        queue: 'arrivals',
        delaySeconds: 0,
        body: { Records: [{ eventName: 'ObjectCreated:Reprocess', s3 }] },
        attributes: { mediaKey: expect.stringMatching(/^[0-9a-f-]{36}$/), replacesMediaKey: 'bWVkaWE' },
      }, []])
      expect(answer).toMatchObject({ id: ID, status, version: 3 })
    },
  )

  it('draws another media key each time', () => {
    const keyOf = () => messagesOf(reprocess(givenItem()).asked['2.queueOriginal'])[0]?.attributes.mediaKey
    expect(keyOf()).not.toBe(keyOf())
  })

  it.each(['PENDING', 'PROCESSING', 'EXPIRED'] as const)('refuses an image that is %s', (status) => {
    const { asked, error } = reprocess(givenItem({ status }))
    expect([error?.errorType, Object.keys(asked)]).toEqual(['ImageNotFinished', ['1.getImage']])
    expect(error?.message).toContain(status)
  })

  it.each([
    ['is unknown', null],
    ["is another's", givenItem({ owner: 'another' })],
    ['is deleted', givenItem({ status: 'DELETED' })],
  ])('answers ImageNotFound for an image that %s', (_what, item) => {
    expect(reprocess(item).error?.errorType).toBe('ImageNotFound')
  })

  it("looks up no id that can't be an image's", () => {
    expect(reprocess(null, {}, 'photo')).toMatchObject({ asked: {}, error: { errorType: 'ImageNotFound' } })
  })

  it.each([
    ['DynamoDB does not answer', { '1.getImage': FAILURE }],
    ['SQS does not answer', { '2.queueOriginal': FAILURE }],
    ['SQS does not take the message', { '2.queueOriginal': NOT_SENT }],
  ])('answers ServiceUnavailable when %s', (_what, outcomes) => {
    expect(reprocess(givenItem(), outcomes).error?.errorType).toBe('ServiceUnavailable')
  })
})
