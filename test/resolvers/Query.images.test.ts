import { describe, expect, it } from 'vitest'
import { MAX_FILTER_LENGTH, MAX_PAGE_LIMIT } from '../../resolvers/lib/limits.ts'
import { givenContext, givenItem, givenResolver, ID, OWNER, TABLE_NAME, USER_POOL } from './given.ts'

const pipeline = givenResolver('Query.images/index')
const queryFacet = givenResolver('Query.images/1.queryFacet')
const getImages = givenResolver('Query.images/2.getImages')

/** What step 1 asks the table for, or why it does not come to that. */
function request(args: object) {
  const asked = pipeline.evaluate('request', givenContext({ args: { ...args } }), USER_POOL)
  if (asked.error) return { result: null, error: asked.error }
  return queryFacet.evaluate('request', givenContext({ args: { ...args }, stash: asked.stash }), USER_POOL)
}

const partition = (key: string) => ({ query: { expressionValues: { ':facetKey_eq': { S: `${OWNER}#${key}` } } } })

describe('Query.images request', () => {
  it("queries the caller's READY images, newest first, when nothing else is asked", () => {
    expect(request({}).result).toMatchObject({
      operation: 'Query', index: 'byFacet', limit: 20, scanIndexForward: false, ...partition('READY'),
    })
  })

  it('queries another status, page size and page', () => {
    expect(request({ status: 'FAILED', limit: 7, nextToken: 'there' }).result).toMatchObject({
      limit: 7, nextToken: 'there', ...partition('FAILED'),
    })
  })

  it.each([
    [{ label: ' DOG ' }, 'LABEL#dog'],
    [{ category: 'Holidays', status: 'READY' }, 'CATEGORY#holidays'],
    [{ tag: 'Straße', label: null }, 'TAG#straße'],
    [{ tag: 't'.repeat(MAX_FILTER_LENGTH) }, `TAG#${'t'.repeat(MAX_FILTER_LENGTH)}`],
  ])('queries the facets of %j in any case of letters', (args, facet) => {
    expect(request(args).result).toMatchObject(partition(facet))
  })

  it.each([
    ['two filters', { label: 'dog', tag: 'dog' }, 'got 2'],
    ['three', { label: 'dog', tag: 'dog', category: 'dog' }, 'got 3'],
    ['one beside another status', { label: 'dog', status: 'PENDING' }, 'got status PENDING'],
    ['a blank one', { category: ' ' }, 'got ""'],
    ['an overlong one, of which it repeats a part', { tag: 't'.repeat(MAX_FILTER_LENGTH + 1) }, `"${'t'.repeat(80)}..."`],
  ])('refuses %s', (_, args, received) => {
    expect(request(args).error).toMatchObject({
      errorType: 'InvalidFilter', message: expect.stringContaining(received),
    })
  })

  it.each([1, MAX_PAGE_LIMIT])('takes a limit of %i', (limit) => {
    expect(request({ limit }).result).toMatchObject({ limit })
  })

  it.each([0, -1, MAX_PAGE_LIMIT + 1])('refuses a limit of %i', (limit) => {
    expect(request({ limit }).error).toMatchObject({
      errorType: 'InvalidLimit',
      message: `limit must be between 1 and 100, got ${limit}.`,
    })
  })
})

describe('Query.images response', () => {
  it('shows the page and where the next one starts', () => {
    const page = { items: [givenItem(), givenItem()], nextToken: 'more' }
    const listed = queryFacet.evaluate('response', givenContext({ result: page }), USER_POOL)
    const context = givenContext({ prev: { result: listed.result }, stash: listed.stash })
    const { result } = pipeline.evaluate('response', context, USER_POOL)
    expect(result).toMatchObject({ items: [{ status: 'READY' }, { status: 'READY' }], nextToken: 'more' })
  })

  const stash = { limit: 20, list: { facet: 'LABEL#dog', holdsImages: false } }
  const [second, gone] = ['1', '2'].map((digit) => ID.slice(0, -1) + digit) as [string, string]
  const facets = [ID, second, gone].map((id) => ({ id, facet: 'LABEL#dog' }))

  it('gets the images that facets lead to, and shows in their order those that are READY', () => {
    const asked = getImages.evaluate('request', givenContext({ prev: { result: facets }, stash }), USER_POOL)
    expect(asked.result).toMatchObject({
      operation: 'BatchGetItem',
      tables: { [TABLE_NAME]: { keys: [{ id: { S: ID }, facet: { S: 'IMAGE' } }, { id: { S: second } }, {}] } },
    })
    const items = [givenItem(), givenItem({ id: second, status: 'DELETED' }), null]
    const context = givenContext({ prev: { result: facets }, stash, result: { data: { [TABLE_NAME]: items } } })
    expect(getImages.evaluate('response', context, USER_POOL).result).toMatchObject([{ id: ID }])
  })

  it('shows no page with holes when DynamoDB left images unread', () => {
    const result = { data: { [TABLE_NAME]: [null, null, null] }, unprocessedKeys: { [TABLE_NAME]: [{}] } }
    const context = givenContext({ prev: { result: facets }, stash, result })
    expect(getImages.evaluate('response', context, USER_POOL).error).toMatchObject({ errorType: 'ServiceUnavailable' })
  })

  const INVALID = {
    type: 'DynamoDB:UserIllegalArgumentException',
    message:
      'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
  }
  const failed = (error: { type: string; message: string }, args: { nextToken?: string }) =>
    queryFacet.evaluate('response', givenContext({ args, error }), USER_POOL).error

  it('says that a nextToken is not of this list', () => {
    expect(failed(INVALID, { nextToken: 'forged' })).toMatchObject({
      errorType: 'InvalidNextToken', message: expect.stringContaining('got "forged"'),
    })
  })

  it.each([
    ['no nextToken was given', INVALID, {}],
    ['the request is bad in another way', { ...INVALID, message: 'Item is too large' }, { nextToken: 'good' }],
    ['the table is not there', { ...INVALID, type: 'DynamoDB:ResourceNotFoundException' }, { nextToken: 'good' }],
  ])('blames nobody\'s token when %s', (_, error, args) => {
    expect(failed(error, args)).toMatchObject({ errorType: 'ServiceUnavailable' })
  })
})
