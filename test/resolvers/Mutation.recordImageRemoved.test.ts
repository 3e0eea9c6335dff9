import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenItem, ID, NOW, OWNER } from './given.ts'
import { CONDITION_FAILED, givenWrite } from './given-write.ts'

const write = givenWrite('Mutation.recordImageRemoved')
const record = (current: ImageItem | null, owner = OWNER, failure?: typeof CONDITION_FAILED) =>
  write({ args: { input: { id: ID, owner } }, current, ...(failure ? { failure } : {}) })

const MS_PER_SECOND = 1_000
const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60

/** Hidden, with all that it was found by. */
const hidden = () =>
  givenItem({
    status: 'DELETED', visibility: 'PRIVATE', keepsFacets: true, title: 'Bridge', tags: ['summer'],
    labels: [{ name: 'Dog', confidence: 99, parents: ['Animal'], instances: [] }], moderationStatus: 'CLEARED',
  })

interface Action {
  operation: string
  key: { id: { S: string }; facet: { S: string } }
  update: { expression: string; expressionValues: Record<string, unknown> }
}

describe('Mutation.recordImageRemoved', () => {
  it('takes facets, counts and the look-up of the file away by the same transaction as all that was known', () => {
    const { asked, beside, answer } = record(hidden())
    const image = asked as unknown as Action
    const keys = (beside as unknown as Action[]).map(({ operation, key }) => `${operation} ${key.id.S} ${key.facet.S}`)
    expect(keys).toEqual(expect.arrayContaining([
      ...['LABEL#dog', 'LABEL#animal', 'TAG#summer', 'PHASH1#0#0123'].map((facet) => `DeleteItem ${ID} ${facet}`),
      `UpdateItem ${OWNER}#LABELS dog`,
      `UpdateItem ${OWNER}#LABELS animal`,
      `UpdateItem ${OWNER}#SHA256#${'ab'.repeat(32)} IMAGES`,
    ]))
    expect(image.update.expressionValues).toMatchObject({
      ':expiresAtEpochSeconds': { N: Math.floor(Date.parse(NOW) / MS_PER_SECOND) + THIRTY_DAYS_SECONDS },
    })
    expect(image.update.expression).toMatch(/REMOVE #keepsFacets, #fileName, #title, #tags, #sha256/)
    expect(answer).toMatchObject({ status: 'DELETED', version: 4, tags: [], labels: [], moderationStatus: 'NOT_ASKED' })
    expect(JSON.stringify(answer)).not.toMatch(/Bridge|photo\.jpg|Dog|summer/)
  })

  it('writes nothing for a tombstone', () => {
    const { id, facet, facetKey, owner, version, contentType, byteSize, mediaKey, labelsStatus } = givenItem()
    const kept = { id, facet, facetKey, owner, version, contentType, byteSize, mediaKey, labelsStatus }
    const tombstone: ImageItem = {
      ...kept, status: 'DELETED', createdAt: NOW, updatedAt: NOW, expiresAtEpochSeconds: 1,
    }
    expect(record(tombstone)).toMatchObject({ asked: undefined, answer: { status: 'DELETED', version: 3 } })
  })

  it('refuses an image that is not DELETED', () => {
    expect(record(givenItem()).error).toMatchObject({
      errorType: 'ImageNotDeleted', message: 'Expected an image that is DELETED, got one that is READY.',
    })
  })

  it.each([
    ['is unknown', null, OWNER],
    ["is another's", hidden(), 'another'],
  ])('answers ImageNotFound for an image that %s', (_what, current, owner) => {
    expect(record(current, owner).error?.errorType).toBe('ImageNotFound')
  })

  it('answers ImageChangedMeanwhile when somebody else wrote it at the same moment', () => {
    expect(record(hidden(), OWNER, CONDITION_FAILED).error?.errorType).toBe('ImageChangedMeanwhile')
  })
})
