import { describe, expect, it } from 'vitest'
import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { MAX_INDEXED_LABELS } from '../../resolvers/lib/limits.ts'
import { givenItem, ID, NOW, OWNER } from './given.ts'
import { CONDITION_FAILED, givenWrite } from './given-write.ts'

const write = givenWrite('Mutation.recordImageProcessed')
const record = (input: object, current: ImageItem | null, failure?: typeof CONDITION_FAILED) =>
  write({ args: { input: { id: ID, owner: OWNER, ...input } }, current, ...(failure ? { failure } : {}) })

const READY: RecordImageProcessedInput = {
  id: ID,
  owner: OWNER,
  status: 'READY',
  sha256: 'ab'.repeat(32),
  width: 40,
  height: 30,
  variants: [{ width: 40, height: 30, format: 'webp', byteSize: 9 }],
  thumbhash: 'dGh1bWI=',
  dominantColor: '#102030',
  palette: ['#102030'],
  isAnimated: false,
  hasAlpha: false,
  labels: [],
  labelsStatus: 'READY',
}
const FAILURE = { code: 'CORRUPT_IMAGE', message: 'It breaks off.', retryable: false }
const PENDING = givenItem({ status: 'PENDING' })
const PROCESSING = givenItem({ status: 'PROCESSING', claimedBy: 'message-1' })

describe('Mutation.recordImageProcessed writes', () => {
  it('the outcome, its place in the lists and the next version at once, if nobody wrote meanwhile', () => {
    const { asked } = record(READY, PENDING)
    expect(asked).toMatchObject({
      operation: 'UpdateItem',
      key: { id: { S: ID }, facet: { S: 'IMAGE' } },
      update: {
        expression: expect.stringContaining('#version = #version + :one'),
        expressionValues: {
          ':status': { S: 'READY' },
          ':facetKey': { S: `${OWNER}#READY` },
          ':updatedAt': { S: NOW },
          ':processedAt': { S: NOW },
          ':moderationStatus': { S: 'NOT_ASKED' },
        },
      },
      condition: { expression: '#version = :version', expressionValues: { ':version': { N: 3 } } },
    })
  })

  it('who claimed it, and not that it was finished', () => {
    const { asked } = record({ status: 'PROCESSING', claim: 'message-1' }, PENDING)
    expect(asked).toMatchObject({ update: { expressionValues: { ':claimedBy': { S: 'message-1' } } } })
    expect(JSON.stringify(asked)).not.toContain('processedAt')
  })

  it.each([
    ['READY', READY],
    ['REJECTED', { failure: FAILURE }],
    ['FAILED', { failure: FAILURE }],
  ])('%s after PENDING and after PROCESSING', (status, members) => {
    expect(record({ ...members, status }, PENDING).error).toBeUndefined()
    expect(record({ ...members, status }, PROCESSING).error).toBeUndefined()
  })

  it('nothing when an image that FAILED is reported once more, and answers it', () => {
    const { asked, answer } = record({ status: 'FAILED', failure: FAILURE }, givenItem({ status: 'FAILED' }))
    expect(asked).toBeUndefined()
    expect(answer).toMatchObject({ status: 'FAILED', version: 3, mediaKey: 'bWVkaWE' })
  })

  it('EXPIRED after PENDING', () => {
    expect(record({ status: 'EXPIRED', failure: FAILURE }, PENDING).error).toBeUndefined()
  })

  it('an image that FAILED as one that starts over for an operator, without what it failed with', () => {
    const failed = givenItem({ status: 'FAILED', failure: { ...FAILURE, retryable: true } })
    const { asked } = record({ status: 'PROCESSING', redriven: true }, failed)
    expect(asked).toMatchObject({
      update: { expression: expect.stringMatching(/#version = #version \+ :one REMOVE #failure, #processedAt, #width/) },
    })
  })
})

describe('Mutation.recordImageProcessed keeps a claim', () => {
  const claim = (name: string, current: ImageItem) => record({ status: 'PROCESSING', claim: name }, current)

  it('for who has it: the image is answered as it is, and nothing written', () => {
    const { asked, answer } = claim('message-1', PROCESSING)
    expect(asked).toBeUndefined()
    expect(answer).toMatchObject({ status: 'PROCESSING', version: 3, mediaKey: 'bWVkaWE' })
  })

  it('from anybody else', () => {
    expect(claim('message-2', PROCESSING).error).toMatchObject({ errorType: 'ImageBeingProcessed' })
  })

  it.each([
    ['seventeen minutes and 59.999 s', -1_079_999, 'ImageBeingProcessed'],
    ['eighteen minutes', -1_080_000, undefined],
  ])('for less than eighteen minutes: after %s', (_, ms, errorType) => {
    const updatedAt = new Date(Date.parse(NOW) + ms).toISOString()
    expect(claim('message-2', { ...PROCESSING, updatedAt }).error?.errorType).toBe(errorType)
  })
})

describe('Mutation.recordImageProcessed has an image made anew that its owner asks for', () => {
  const anew = (current: ImageItem, replacesMediaKey = 'bWVkaWE') =>
    record({ status: 'PROCESSING', claim: 'message-2', mediaKey: 'bmV3', replacesMediaKey }, current)

  it.each(['READY', 'REJECTED', 'FAILED'] as const)('from %s: without what it was, under another key', (status) => {
    const { asked, answer } = anew(givenItem({ status, visibility: 'PUBLIC', publicKey: 'PUBLIC#5', failure: FAILURE }))
    expect(asked).toMatchObject({
      update: {
        expression: expect.stringMatching(/REMOVE .*#failure.*#variants.*#publicKey/),
        expressionValues: {
          ':mediaKey': { S: 'bmV3' }, ':labelsStatus': { S: 'PENDING' }, ':claimedBy': { S: 'message-2' },
        },
      },
    })
    expect(answer).toMatchObject({ status: 'PROCESSING', visibility: 'PUBLIC', mediaKey: 'bmV3', variants: [] })
  })

  it.each(['EXPIRED', 'DELETED'] as const)('and not from %s', (status) => {
    expect(anew(givenItem({ status })).error?.errorType).toBe('ImageAlreadyFinished')
  })

  it('and not twice, when the message comes again', () => {
    expect(anew(givenItem({ mediaKey: 'bmV3' })).error?.errorType).toBe('ImageAlreadyFinished')
    expect(anew(givenItem(), 'b3RoZXI').error?.errorType).toBe('ImageAlreadyFinished')
  })

  it('and not while another makes it, however long that takes', () => {
    const updatedAt = '2020-01-01T00:00:00.000Z'
    expect(anew(givenItem({ status: 'PROCESSING', mediaKey: 'b3RoZXI', updatedAt })).error?.errorType)
      .toBe('ImageBeingProcessed')
  })

  it('PUBLIC and listed again once it is READY', () => {
    const { asked } = record(READY, givenItem({ status: 'PROCESSING', visibility: 'PUBLIC', mediaKey: 'bmV3' }))
    expect(asked).toMatchObject({ update: { expressionValues: { ':publicKey': { S: 'PUBLIC#5' } } } })
  })
})

describe('Mutation.recordImageProcessed refuses', () => {
  it.each([
    ['a step back to PENDING', { status: 'PENDING' }, 'got PENDING'],
    ['READY without what belongs to it', { ...READY, thumbhash: null, width: undefined }, 'must have width, thumbhash'],
    ['REJECTED without a reason', { status: 'REJECTED' }, 'must have failure'],
    ['an outcome that starts over', { ...READY, redriven: true }, 'got READY'],
  ])('%s', (_, input, sentence) => {
    const { error } = record(input, PENDING)
    expect(error).toMatchObject({ errorType: 'InvalidOutcome' })
    expect(error?.message).toContain(sentence)
  })

  it.each(['READY', 'REJECTED', 'FAILED', 'EXPIRED'] as const)('to change an image that is %s', (status) => {
    expect(record(READY, givenItem({ status })).error).toMatchObject({ errorType: 'ImageAlreadyFinished' })
    expect(record({ status: 'PROCESSING' }, givenItem({ status })).error)
      .toMatchObject({ errorType: 'ImageAlreadyFinished' })
  })

  it.each([
    ['nobody says it was redriven', {}, true],
    ['another try can\'t help', { redriven: true }, false],
  ])('to let an image that FAILED start over when %s', (_, members, retryable) => {
    const failed = givenItem({ status: 'FAILED', failure: { ...FAILURE, retryable } })
    expect(record({ status: 'PROCESSING', ...members }, failed).error)
      .toMatchObject({ errorType: 'ImageAlreadyFinished' })
  })

  it('an image that is not there, and another owner\'s', () => {
    expect(record(READY, null).error).toMatchObject({ errorType: 'ImageNotFound' })
    expect(record(READY, givenItem({ owner: 'somebody-else' })).error).toMatchObject({ errorType: 'ImageNotFound' })
  })

  it('to expire an image that is being developed', () => {
    const input = { status: 'EXPIRED', failure: FAILURE }
    expect(record(input, PROCESSING).error).toMatchObject({ errorType: 'InvalidTransition' })
  })

  it('a report that was overtaken while it was written', () => {
    expect(record(READY, PENDING, CONDITION_FAILED).error).toMatchObject({ errorType: 'ImageChangedMeanwhile' })
  })
})

describe('Mutation.recordImageProcessed of an image that is READY', () => {
  const DOG = { name: 'Dog', confidence: 99, parents: ['Animal', 'Pet'], instances: [] }
  const PET = { name: 'Pet', confidence: 99, parents: ['Animal'], instances: [] }
  const SHA256 = 'ab'.repeat(32)
  const keysOf = (beside: Record<string, unknown>[] = []) => beside.map((write) => {
    const { operation, key } = write as { operation: string; key: { id: { S: string }; facet: { S: string } } }
    return `${operation} ${key.id.S.replace(OWNER, '<owner>').replace(ID, '<id>')} ${key.facet.S}`
  })

  it('writes what it is found by and counted under with it, or nothing', () => {
    const { beside } = record({ ...READY, labels: [DOG, PET], perceptualHash: '0123456789abcdef' }, PENDING)
    expect(keysOf(beside)).toEqual(expect.arrayContaining([
      ...['dog', 'pet', 'animal'].map((label) => `PutItem <id> LABEL#${label}`),
      ...['0#0123', '1#4567', '2#89ab', '3#cdef'].map((band) => `PutItem <id> PHASH1#${band}`),
      ...['dog', 'pet', 'animal'].map((label) => `UpdateItem <owner>#LABELS ${label}`),
      `UpdateItem <owner>#SHA256#${SHA256} IMAGES`,
    ]))
  })

  it('is found by the surest twenty labels, and then the broader names', () => {
    const labels = Array.from({ length: MAX_INDEXED_LABELS - 1 }, (_, index) => ({ ...PET, name: `Label ${index}` }))
    const counted = (more: object[]) => {
      const { beside } = record({ ...READY, labels: [...labels, ...more] }, PENDING)
      return keysOf(beside).filter((key) => key.includes('#LABELS'))
    }
    expect(counted([])).toHaveLength(MAX_INDEXED_LABELS)
    expect(counted([])).toContainEqual(expect.stringMatching(/LABELS animal$/))
    expect(counted([DOG])).toHaveLength(MAX_INDEXED_LABELS)
    expect(counted([DOG])).toContainEqual(expect.stringMatching(/LABELS dog$/))
    expect(counted([DOG])).not.toContainEqual(expect.stringMatching(/LABELS animal$/))
  })

  it.each([
    ['no image', {}, true],
    ['99 images', { imageIds: Array.from({ length: 99 }, String) }, true],
    ['a hundred', { imageIds: Array.from({ length: 100 }, String) }, false],
  ])('enters the set of its file when that holds %s', (_, file, enters) => {
    const { beside } = write({ args: { input: READY }, current: PENDING, file })
    expect(keysOf(beside).some((key) => key.includes('#SHA256#'))).toBe(enters)
  })
})
