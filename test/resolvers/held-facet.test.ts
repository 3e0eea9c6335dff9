import { describe, expect, it } from 'vitest'
import type { ModerationStatus, RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { MAX_INDEXED_LABELS, MAX_TAGS } from '../../resolvers/lib/limits.ts'
import { givenItem, ID, OWNER } from './given.ts'
import { givenWrite, type Write } from './given-write.ts'

/** Most actions of one transaction. Source: DynamoDB API reference, TransactWriteItems. */
const MAX_TRANSACT_ACTIONS = 100

const recordProcessed = givenWrite('Mutation.recordImageProcessed')
const recordLabels = givenWrite('Mutation.recordImageLabels')
const recordRemoved = givenWrite('Mutation.recordImageRemoved')
const updateImage = givenWrite('Mutation.updateImage')
const given = { id: ID, owner: OWNER }

const READY: RecordImageProcessedInput = {
  ...given, status: 'READY', sha256: 'ab'.repeat(32), width: 40, height: 30, thumbhash: 'dGh1bWI=',
  variants: [{ width: 40, height: 30, format: 'webp', byteSize: 9 }], dominantColor: '#102030', palette: ['#102030'],
  isAnimated: false, hasAlpha: false, labels: [], labelsStatus: 'READY',
}
const ready = (moderationStatus: ModerationStatus, members: object = {}, current: Partial<ImageItem> = {}) =>
  recordProcessed({
    args: { input: { ...READY, moderationStatus, ...members } },
    current: givenItem({ status: 'PROCESSING', ...current }),
  })
const decide = (was: ModerationStatus, moderationStatus: ModerationStatus, decidedByOperator = true) =>
  recordLabels({
    args: { input: { ...given, moderationStatus, decidedByOperator } }, current: givenItem({ moderationStatus: was }),
  })
const startAnew = (current: Partial<ImageItem>) => recordProcessed({
  args: { input: { ...given, status: 'PROCESSING', mediaKey: 'bmV3', replacesMediaKey: 'bWVkaWE' } },
  current: givenItem(current),
})

const KEY = { id: { S: ID }, facet: { S: 'HELD' } }

/** What a write does to the image's place among those that are held back. */
function heldFacet({ beside = [], error }: Write): string | undefined {
  expect(error).toBeUndefined()
  const writes = beside.filter(({ key }) => JSON.stringify(key) === JSON.stringify(KEY))
  expect(writes.length).toBeLessThan(2)
  const [write] = writes
  if (write?.operation === 'PutItem') expect(write.attributeValues).toEqual({ facetKey: { S: 'HELD' } })
  return write?.operation as string | undefined
}

describe('the list of what is held back', () => {
  it.each([
    ['HELD', 'PutItem'], ['UNAVAILABLE', 'PutItem'],
    ['PENDING', undefined], ['CLEARED', undefined], ['NOT_ASKED', undefined],
  ] as const)('an image that is READY and %s enters: %s', (moderationStatus, operation) => {
    expect(heldFacet(ready(moderationStatus))).toBe(operation)
  })

  it.each([
    ['PENDING', 'HELD', 'PutItem'], ['PENDING', 'UNAVAILABLE', 'PutItem'], ['PENDING', 'CLEARED', undefined],
    ['UNAVAILABLE', 'HELD', undefined], ['UNAVAILABLE', 'CLEARED', 'DeleteItem'],
  ] as const)('%s and then, as Rekognition says, %s: %s', (was, moderationStatus, operation) => {
    expect(heldFacet(decide(was, moderationStatus, false))).toBe(operation)
  })

  it.each([
    ['HELD', 'CLEARED', 'DeleteItem'], ['UNAVAILABLE', 'CLEARED', 'DeleteItem'], ['CLEARED', 'HELD', 'PutItem'],
    ['NOT_ASKED', 'HELD', 'PutItem'], ['UNAVAILABLE', 'HELD', undefined],
  ] as const)('%s and then, as an operator says, %s: %s', (was, moderationStatus, operation) => {
    expect(heldFacet(decide(was, moderationStatus))).toBe(operation)
  })

  it('an image leaves that is developed once more, and one of which nothing is left', () => {
    expect(heldFacet(startAnew({ moderationStatus: 'HELD' }))).toBe('DeleteItem')
    const deleted = givenItem({ moderationStatus: 'HELD', status: 'DELETED', keepsFacets: true })
    expect(heldFacet(recordRemoved({ args: { input: given }, current: deleted }))).toBe('DeleteItem')
  })

  it('an image stays in whose tags change', () => {
    const current = givenItem({ moderationStatus: 'HELD', tags: ['Sun'] })
    const written = updateImage({ args: { input: { id: ID, tags: ['Sea'] } }, current })
    expect(written.beside).toHaveLength(2)
    expect(heldFacet(written)).toBeUndefined()
  })

  it('an image enters and leaves with all that it can be found by, within one transaction', () => {
    const texts = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)
    const labels = texts(MAX_INDEXED_LABELS + 1).map((name) => ({ name, confidence: 99, parents: [], instances: [] }))
    const described = { category: 'Sea', tags: texts(MAX_TAGS) }
    const found = { labels, perceptualHash: '0123456789abcdef' }
    const comes = ready('HELD', found, described)
    const goes = startAnew({ ...found, ...described, moderationStatus: 'HELD' })
    expect([heldFacet(comes), heldFacet(goes)]).toEqual(['PutItem', 'DeleteItem'])
    for (const { beside } of [comes, goes]) {
      expect(beside!.length).toBeGreaterThan(2 * MAX_INDEXED_LABELS + MAX_TAGS)
      expect(1 + beside!.length).toBeLessThanOrEqual(MAX_TRANSACT_ACTIONS)
    }
  })
})
