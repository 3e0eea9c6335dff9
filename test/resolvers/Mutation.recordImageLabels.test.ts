import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenItem, ID, OWNER } from './given.ts'
import { givenWrite } from './given-write.ts'

const write = givenWrite('Mutation.recordImageLabels')
const record = (input: object, current: ImageItem | null) =>
  write({ args: { input: { id: ID, owner: OWNER, ...input } }, current })

const DOG = { name: 'Dog', confidence: 99, parents: ['Animal'], instances: [] }
const GORE = { name: 'Graphic Violence', confidence: 91, parentName: null }

describe('Mutation.recordImageLabels', () => {
  it.each(['PENDING', 'UNAVAILABLE'] as const)('stores labels that come after %s', (labelsStatus) => {
    const { asked } = record({ labels: [DOG], labelsStatus: 'READY' }, givenItem({ labelsStatus }))
    expect(asked).toMatchObject({
      operation: 'UpdateItem',
      update: { expressionValues: { ':labelsStatus': { S: 'READY' }, ':labels': { L: [{ M: { name: { S: 'Dog' } } }] } } },
    })
  })

  it('leaves labels alone that are there', () => {
    const { asked, answer } = record({ labels: [DOG], labelsStatus: 'READY' }, givenItem({ labelsStatus: 'READY' }))
    expect(asked).toBeUndefined()
    expect(answer).toMatchObject({ labels: [], version: 3 })
  })

  it('stores what stands against showing an image that is held', () => {
    const { asked } = record(
      { moderationStatus: 'HELD', moderationLabels: [GORE] }, givenItem({ moderationStatus: 'PENDING' }),
    )
    expect(asked).toMatchObject({
      update: { expression: expect.stringContaining('#moderationLabels'), expressionValues: { ':moderationStatus': { S: 'HELD' } } },
    })
  })

  it.each(['CLEARED', 'HELD', 'NOT_ASKED'] as const)('lets Rekognition change nothing that is %s', (moderationStatus) => {
    const { asked } = record({ moderationStatus: 'UNAVAILABLE' }, givenItem({ moderationStatus }))
    expect(asked).toBeUndefined()
  })

  it.each(['HELD', 'UNAVAILABLE', 'PENDING', 'NOT_ASKED'] as const)('lets an operator clear what is %s', (moderationStatus) => {
    const { asked } = record({ moderationStatus: 'CLEARED', decidedByOperator: true }, givenItem({ moderationStatus }))
    expect(asked).toMatchObject({ update: { expressionValues: { ':moderationStatus': { S: 'CLEARED' } } } })
    expect(JSON.stringify(asked)).not.toContain('moderationLabels')
  })

  it.each([
    ['says nothing', {}, givenItem(), 'NothingToUpdate'],
    ['is about an image that is not READY', { labelsStatus: 'READY' }, givenItem({ status: 'PROCESSING' }), 'ImageNotReady'],
    ['is about an earlier rendition', { labelsStatus: 'READY', mediaKey: 'before' }, givenItem(), 'ImageNotReady'],
    ['is about no image', { labelsStatus: 'READY' }, null, 'ImageNotFound'],
    ["is about another owner's", { labelsStatus: 'READY' }, givenItem({ owner: 'x' }), 'ImageNotFound'],
  ])('refuses a report that %s', (_, input, current, errorType) => {
    expect(record(input, current).error).toMatchObject({ errorType })
  })
})

describe('An image that is held', () => {
  const held = (moderationStatus: ImageItem['moderationStatus']) =>
    record({ labelsStatus: 'READY' }, givenItem({ labelsStatus: 'READY', moderationStatus: moderationStatus! })).answer

  it.each(['PENDING', 'HELD', 'UNAVAILABLE'] as const)('shows no variant while it is %s', (moderationStatus) => {
    expect(held(moderationStatus)).toMatchObject({ variants: [], srcsets: [], moderationStatus })
  })

  it.each(['CLEARED', 'NOT_ASKED'] as const)('is shown when it is %s', (moderationStatus) => {
    expect(held(moderationStatus)).toMatchObject({
      variants: [{ url: 'https://media.example/processed/bWVkaWE/1920.webp' }],
      srcsets: [{
        format: 'webp', contentType: 'image/webp', srcset: 'https://media.example/processed/bWVkaWE/1920.webp 1440w',
      }],
    })
  })
})
