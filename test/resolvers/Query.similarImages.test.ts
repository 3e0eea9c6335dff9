import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { MAX_PAGE_LIMIT, MAX_SIMILAR_DISTANCE } from '../../resolvers/lib/limits.ts'
import { givenContext, givenItem, givenResolver, ID, OWNER, TABLE_NAME, USER_POOL } from './given.ts'

const BANDS = [0, 1, 2, 3]
const pipeline = givenResolver('Query.similarImages/index')
const getImage = givenResolver('Query.similarImages/1.getImage')
const queries = BANDS.map((band) => givenResolver(`Query.similarImages/${band + 2}.queryBand${band}`))
const getImages = givenResolver('Query.similarImages/6.getImages')

const HASH = '0123456789abcdef'
const idOf = (number: number) => ID.slice(0, -2) + String(number).padStart(2, '0')

interface Found { image: { id: string }; distance: number }

/** What each band holds: images, by number, with their hashes; and whether it holds more. */
interface Band { items: { id: string; perceptualHash: string }[]; nextToken?: string }

/** Runs the pipeline over the same band four times. */
function run(args: object, band: Band = { items: [] }, image: ImageItem | null = givenItem()) {
  const context = (members: object) => givenContext({ args: { id: ID, ...args }, ...members })
  const asked = pipeline.evaluate('request', context({}), USER_POOL)
  if (asked.error) return { error: asked.error }
  const read = getImage.evaluate('response', context({ stash: asked.stash, result: image }), USER_POOL)
  if (read.error) return { error: read.error }
  let stash = read.stash
  const keys: string[] = []
  for (const query of queries) {
    const { result, earlyReturn } = query.evaluate('request', context({ stash }), USER_POOL)
    if (earlyReturn) continue
    const { query: { expressionValues } } = result as { query: { expressionValues: Record<string, { S: string }> } }
    keys.push(expressionValues[':facetKey_eq']!.S)
    stash = query.evaluate('response', context({ stash, result: band }), USER_POOL).stash
  }
  const last = getImages.evaluate('request', context({ stash }), USER_POOL)
  const tables = (last.result as { tables: Record<string, { keys: { id: { S: string } }[] }> } | null)?.tables
  const ids = tables?.[TABLE_NAME]?.keys.map(({ id }) => id.S) ?? []
  const items = ids.map((id) => givenItem({ id }))
  const found = last.earlyReturn
    ? []
    : getImages.evaluate('response', context({ stash, result: { data: { [TABLE_NAME]: items } } }), USER_POOL).result
  const { result } = pipeline.evaluate('response', context({ stash, prev: { result: found } }), USER_POOL)
  return { keys, answer: result as { items: Found[]; isMore: boolean } }
}

const of = (...hashes: string[]): Band => ({
  items: hashes.map((perceptualHash, number) => ({ id: idOf(number), perceptualHash })),
})
const distances = (answer: { items: Found[] } | undefined) =>
  answer?.items.map(({ image, distance }) => [image.id, distance])

describe('Query.similarImages', () => {
  it('looks into the four bands of the hash, among the caller\'s own', () => {
    expect(run({}).keys).toEqual(
      ['0#0123', '1#4567', '2#89ab', '3#cdef'].map((band) => `${OWNER}#PHASH1#${band}`),
    )
  })

  it('counts the bits in which hashes differ, nearest first', () => {
    const band = of('0123456789abcde8', HASH, 'f123456789abcdef', '0123456789abcdee')
    expect(distances(run({ maxDistance: 4 }, band).answer)).toEqual([
      [idOf(1), 0], [idOf(3), 1], [idOf(0), 3], [idOf(2), 4],
    ])
  })

  it('takes each image once, of those that are near enough, and never the one that is compared', () => {
    const band = of(HASH, '0123456789abcd00')
    expect(distances(run({}, { items: [...band.items, { id: ID, perceptualHash: HASH }] }).answer)).toEqual([[idOf(0), 0]])
  })

  it.each([
    ['more are near than the limit', 1, of(HASH, HASH), true],
    ['none is left out', 2, of(HASH, HASH), false],
    ['a band holds more than were compared', 2, { ...of(HASH), nextToken: 'more' }, true],
  ])('says whether there are more: %s', (_, limit, band, isMore) => {
    expect(run({ limit }, band).answer).toMatchObject({ isMore })
  })

  it('reads nothing more for an image without a hash', () => {
    const { keys, answer } = run({}, of(HASH), givenItem({ perceptualHash: null }))
    expect([keys, answer]).toEqual([[], { items: [], isMore: false }])
  })

  it.each([0, MAX_SIMILAR_DISTANCE])('takes a distance of %i', (maxDistance) => {
    expect(run({ maxDistance }).error).toBeUndefined()
  })

  it.each([
    ['a distance of -1', { maxDistance: -1 }, givenItem(), 'InvalidDistance', 'between 0 and 16, got -1'],
    ['one of 17', { maxDistance: MAX_SIMILAR_DISTANCE + 1 }, givenItem(), 'InvalidDistance', 'got 17'],
    ['a limit of 101', { limit: MAX_PAGE_LIMIT + 1 }, givenItem(), 'InvalidLimit', 'got 101'],
    ['an id that can be no image\'s', { id: 'x' }, null, 'ImageNotFound', 'no image x'],
    ['an image that is not there', {}, null, 'ImageNotFound', ID],
    ['another\'s', {}, givenItem({ owner: 'x', visibility: 'PUBLIC' }), 'ImageNotFound', ID],
    ['a deleted one', {}, givenItem({ status: 'DELETED' }), 'ImageNotFound', ID],
    ['one that is not READY', {}, givenItem({ status: 'PROCESSING' }), 'ImageNotReady', 'PROCESSING'],
  ])('refuses %s', (_, args, image, errorType, received) => {
    expect(run(args, of(), image).error).toMatchObject({ errorType, message: expect.stringContaining(received) })
  })
})
