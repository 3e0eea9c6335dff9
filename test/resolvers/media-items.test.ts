import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenItem, ID, NOW, OWNER } from './given.ts'
import { givenWrite } from './given-write.ts'

const processed = givenWrite('Mutation.recordImageProcessed')
const removed = givenWrite('Mutation.recordImageRemoved')

const KEY = { id: { S: 'MEDIA#bWVkaWE' }, facet: { S: 'MEDIA' } }
const A_WEEK_SECONDS = 7 * 24 * 60 * 60
const READY = {
  status: 'READY', sha256: 'ab'.repeat(32), width: 4, height: 3, thumbhash: 'AAAA', dominantColor: '#102030',
  palette: ['#102030'], isAnimated: false, hasAlpha: false, labelsStatus: 'READY', labels: [],
  variants: [{ width: 4, height: 3, format: 'webp', byteSize: 9 }],
}

/** What is written of media keys when the image is reported on. */
function mediaWrites(write: typeof processed, input: object, current: ImageItem): unknown[] {
  const { beside = [], error } = write({ args: { input: { id: ID, owner: OWNER, ...input } }, current })
  expect(error).toBeUndefined()
  return beside.filter(({ key }) => (key as { facet: { S: string } }).facet.S === 'MEDIA')
}

describe('the item that leads from a media key to its image', () => {
  it('comes with READY', () => {
    expect(mediaWrites(processed, READY, givenItem({ status: 'PROCESSING' }))).toMatchObject([
      { operation: 'PutItem', key: KEY, attributeValues: { imageId: { S: ID } } },
    ])
  })

  it('stays for a week when the image is made anew under another', () => {
    const claim = { status: 'PROCESSING', claim: 'a', mediaKey: 'bmV3', replacesMediaKey: 'bWVkaWE' }
    const expiresAt = Math.floor(Date.parse(NOW) / 1_000) + A_WEEK_SECONDS
    expect(mediaWrites(processed, claim, givenItem())).toMatchObject([
      {
        operation: 'UpdateItem',
        key: KEY,
        update: { expressionValues: { ':imageId': { S: ID }, ':expiresAt': { N: expiresAt } } },
      },
    ])
  })

  it('goes with what else a deleted image was found by', () => {
    expect(mediaWrites(removed, {}, givenItem({ status: 'DELETED', keepsFacets: true }))).toMatchObject([
      { operation: 'DeleteItem', key: KEY },
    ])
  })

  it('is not touched by an image that never had one', () => {
    const failure = { code: 'A', message: 'B', retryable: false }
    const failed = givenItem({ status: 'PROCESSING' })
    expect(mediaWrites(processed, { status: 'FAILED', failure }, failed)).toEqual([])
    expect(mediaWrites(removed, {}, givenItem({ status: 'DELETED' }))).toEqual([])
  })
})
