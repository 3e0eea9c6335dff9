import { describe, expect, it } from 'vitest'
import { givenContext, givenItem, givenResolver, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Query.images')
const request = (args: object) => resolver.evaluate('request', givenContext({ args }), USER_POOL)

describe('Query.images request', () => {
  it("queries the caller's READY images, newest first, when nothing else is asked", () => {
    expect(request({}).result).toMatchObject({
      operation: 'Query',
      index: 'byFacet',
      limit: 20,
      scanIndexForward: false,
      query: { expressionValues: { ':facetKey_eq': { S: `${OWNER}#READY` } } },
    })
  })

  it('queries another status, page size and page', () => {
    expect(request({ status: 'FAILED', limit: 7, nextToken: 'there' }).result).toMatchObject({
      limit: 7,
      nextToken: 'there',
      query: { expressionValues: { ':facetKey_eq': { S: `${OWNER}#FAILED` } } },
    })
  })

  it.each([1, 100])('takes a limit of %i', (limit) => {
    expect(request({ limit }).result).toMatchObject({ limit })
  })

  it.each([0, -1, 101])('refuses a limit of %i', (limit) => {
    expect(request({ limit }).error).toMatchObject({
      errorType: 'InvalidLimit',
      message: `limit must be between 1 and 100, got ${limit}.`,
    })
  })
})

describe('Query.images response', () => {
  it('shows the page and where the next one starts', () => {
    const context = givenContext({ result: { items: [givenItem(), givenItem()], nextToken: 'more' } })
    const { result } = resolver.evaluate('response', context, USER_POOL)
    expect(result).toMatchObject({ items: [{ status: 'READY' }, { status: 'READY' }], nextToken: 'more' })
  })

  const INVALID = {
    type: 'DynamoDB:UserIllegalArgumentException',
    message:
      'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
  }
  const failed = (error: { type: string; message: string }, args: object) =>
    resolver.evaluate('response', givenContext({ args, error }), USER_POOL).error

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
