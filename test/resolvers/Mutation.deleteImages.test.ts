import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { MAX_BATCH_SIZE } from '../../resolvers/lib/limits.ts'
import { givenItem, ID, OWNER, TABLE_NAME } from './given.ts'
import { FAILURE, givenPipeline, messagesOf, NOT_SENT, SENT, type StepOutcome } from './given-pipeline.ts'

const STEPS = ['1.getImages', '2.queueRemoval', '3.hideImages', '4.publishDeletions']
const OTHER_ID = ID.replace('ZX', 'ZZ')
const PUBLISHED = { result: { statusCode: 200, body: '{"data":{}}' } }

const one = givenPipeline('Mutation.deleteImage', STEPS)
const several = givenPipeline('Mutation.deleteImages', STEPS)

const found = (...items: (ImageItem | null)[]): StepOutcome => ({ result: { data: { [TABLE_NAME]: items } } })

function deleteImage(item: ImageItem | null, outcomes: Record<string, StepOutcome> = {}, id = ID) {
  const answers = { '1.getImages': found(item), '2.queueRemoval': SENT, '4.publishDeletions': PUBLISHED }
  return one({ id }, { ...answers, ...outcomes })
}

function deleteImages(ids: string[], items: (ImageItem | null)[], outcomes: Record<string, StepOutcome> = {}) {
  const answers = { '1.getImages': found(...items), '2.queueRemoval': SENT, '4.publishDeletions': PUBLISHED }
  return several({ ids }, { ...answers, ...outcomes })
}

const removalOf = ({ id, owner, mediaKey }: ImageItem, wasShown = true) =>
  ({ kind: 'deleted', images: [{ id, owner, mediaKey, wasShown }] })

describe('Mutation.deleteImage', () => {
  it('queues the removal, hides the image on condition of its version, tells of it, and answers the tombstone', () => {
    const item = givenItem({ visibility: 'PUBLIC', publicKey: 'PUBLIC#5' })
    const { asked, answer } = deleteImage(item)
    expect(Object.keys(asked)).toEqual(STEPS)
    expect(asked['1.getImages']).toMatchObject({ tables: { [TABLE_NAME]: { consistentRead: true } } })
    expect(messagesOf(asked['2.queueRemoval']))
      .toEqual([{ queue: 'removals', delaySeconds: 40, body: removalOf(item), attributes: {} }])
    expect(asked['3.hideImages']).toMatchObject({
      operation: 'UpdateItem',
      update: {
        expression: 'SET #status = :status, #visibility = :visibility, #keepsFacets = :keepsFacets, '
          + '#updatedAt = :updatedAt, #version = #version + :one REMOVE #facetKey, #publicKey',
        expressionValues: {
          ':status': { S: 'DELETED' }, ':visibility': { S: 'PRIVATE' }, ':keepsFacets': { BOOL: true },
        },
      },
      condition: { expression: '#version = :version', expressionValues: { ':version': { N: 3 } } },
    })
    expect(JSON.stringify(asked['4.publishDeletions'])).toContain(`publishImageChange(id: \\\\\\"${ID}\\\\\\")`)
    expect(answer).toMatchObject({ id: ID, status: 'DELETED', version: 4, visibility: 'PRIVATE', variants: [] })
  })

  it.each(['PENDING', 'PROCESSING'] as const)('waits until no file can come of an image that is %s', (status) => {
    const item = givenItem({ status, variants: [] })
    const { asked } = deleteImage(item)
    expect(messagesOf(asked['2.queueRemoval'])).toMatchObject([{ delaySeconds: 900, body: removalOf(item, false) }])
    expect(asked['3.hideImages']).toMatchObject({ update: { expressionValues: { ':keepsFacets': { BOOL: false } } } })
  })

  it('has the removal done once more of an image that is deleted already, and changes nothing', () => {
    const item = givenItem({ status: 'DELETED' })
    const { asked, answer } = deleteImage(item)
    expect(Object.keys(asked)).toEqual(['1.getImages', '2.queueRemoval', '4.publishDeletions'])
    expect(answer).toMatchObject({ status: 'DELETED', version: 3 })
  })

  it.each([
    ['is unknown', null],
    ["is another's", givenItem({ owner: 'another' })],
  ])('answers ImageNotFound for an image that %s, and asks for nothing else', (_what, item) => {
    const { asked, error } = deleteImage(item)
    expect([error?.errorType, Object.keys(asked)]).toEqual(['ImageNotFound', ['1.getImages']])
  })

  it("looks up no id that can't be an image's", () => {
    const { asked, error } = deleteImage(null, {}, 'photo')
    expect([error?.errorType, asked]).toEqual(['ImageNotFound', {}])
  })

  it.each([
    ['DynamoDB does not answer', { '1.getImages': FAILURE }, 'ServiceUnavailable', 1],
    ['SQS does not answer', { '2.queueRemoval': FAILURE }, 'ServiceUnavailable', 2],
    ['SQS refuses', { '2.queueRemoval': { result: { statusCode: 403, body: 'no' } } }, 'ServiceUnavailable', 2],
    ['SQS does not take the message', { '2.queueRemoval': NOT_SENT }, 'ServiceUnavailable', 2],
    ['the image can not be written', { '3.hideImages': FAILURE }, 'ServiceUnavailable', 3],
    [
      'the image changed meanwhile',
      { '3.hideImages': { error: { type: 'DynamoDB:ConditionalCheckFailedException', message: 'no' } } },
      'ImageChangedMeanwhile', 3,
    ],
  ])('goes no further when %s', (_what, outcomes, errorType, steps) => {
    const { asked, error } = deleteImage(givenItem(), outcomes)
    expect([error?.errorType, Object.keys(asked)]).toEqual([errorType, STEPS.slice(0, steps)])
  })

  it.each([
    ['does not answer', FAILURE],
    ['refuses', { result: { statusCode: 200, body: '{"data":null,"errors":[{}]}' } }],
  ])('has done its work when the API that tells of it %s', (_what, outcome) => {
    expect(deleteImage(givenItem(), { '4.publishDeletions': outcome }).answer).toMatchObject({ status: 'DELETED' })
  })
})

describe('Mutation.deleteImages', () => {
  it('hides several by one transaction, and answers each as it was given', () => {
    const items = [givenItem(), givenItem({ id: OTHER_ID })]
    const { asked, answer } = deleteImages([ID, OTHER_ID, ID, 'photo'], items)
    expect(messagesOf(asked['2.queueRemoval'])).toMatchObject([{ body: { images: [{ id: ID }, { id: OTHER_ID }] } }])
    const { operation, transactItems } = asked['3.hideImages'] as { operation: string; transactItems: object[] }
    expect(operation).toBe('TransactWriteItems')
    expect(transactItems).toMatchObject([
      { operation: 'UpdateItem', key: { id: { S: ID } } }, { operation: 'UpdateItem', key: { id: { S: OTHER_ID } } },
    ])
    const hidden = { status: 'DELETED', version: 4, owner: OWNER }
    expect(answer).toMatchObject([
      { id: ID, image: hidden, error: null },
      { id: OTHER_ID, image: hidden, error: null },
      { id: ID, image: hidden, error: null },
      { id: 'photo', image: null, error: { type: 'ImageNotFound', message: 'You have no image photo.' } },
    ])
  })

  it('sends those that are finished and those that are not apart', () => {
    const { asked } = deleteImages([ID, OTHER_ID], [givenItem(), givenItem({ id: OTHER_ID, status: 'PENDING' })])
    expect(messagesOf(asked['2.queueRemoval'])).toMatchObject([
      { delaySeconds: 40, body: { images: [{ id: ID }] } }, { delaySeconds: 900, body: { images: [{ id: OTHER_ID }] } },
    ])
  })

  it('deletes none when one of them changed meanwhile', () => {
    const canceled = { error: { type: 'DynamoDB:TransactionCanceledException', message: 'no' } }
    const items = [givenItem(), givenItem({ id: OTHER_ID })]
    const { error } = deleteImages([ID, OTHER_ID], items, { '3.hideImages': canceled })
    expect(error?.errorType).toBe('ImageChangedMeanwhile')
  })

  it.each([[0], [MAX_BATCH_SIZE + 1]])('refuses %i images, and takes up to 25', (size) => {
    const ids = (count: number) => Array.from({ length: count }, () => ID)
    expect(deleteImages(ids(size), []).error?.errorType).toBe('InvalidBatchSize')
    expect(deleteImages(ids(MAX_BATCH_SIZE), [givenItem()]).error).toBeUndefined()
  })
})
