import { describe, expect, it } from 'vitest'
import type { HandlerContext } from '../../local/appsync/runtime/evaluation.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenContext, givenItem, givenResolver, IAM, ID, TABLE_NAME } from './given.ts'

const pipeline = givenResolver('Query.heldImages/index')
const queryHeld = givenResolver('Query.heldImages/1.queryHeld')
const getImages = givenResolver('Query.heldImages/2.getImages')

const context = (members: Partial<HandlerContext>) => givenContext({ identity: null, ...members })

/** What step 1 asks the table for, or why it does not come to that. */
function request(args: Record<string, unknown>) {
  const { stash, error } = pipeline.evaluate('request', context({ args }), IAM)
  return error ? { result: null, error } : queryHeld.evaluate('request', context({ args, stash }), IAM)
}

describe('Query.heldImages request', () => {
  it('queries what is held back of all owners, newest first', () => {
    expect(request({}).result).toMatchObject({
      operation: 'Query', index: 'byFacet', limit: 20, scanIndexForward: false,
      query: { expressionValues: { ':facetKey_eq': { S: 'HELD' } } },
    })
  })

  it('queries another page of another size', () => {
    expect(request({ limit: 100, nextToken: 'there' }).result).toMatchObject({ limit: 100, nextToken: 'there' })
  })

  it.each([0, 101])('refuses a limit of %i', (limit) => {
    expect(request({ limit }).error).toMatchObject({ errorType: 'InvalidLimit' })
  })
})

describe('Query.heldImages response', () => {
  const invalid = {
    type: 'DynamoDB:UserIllegalArgumentException',
    message:
      'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
  }

  it('says that a nextToken is not of this list', () => {
    const answered = queryHeld.evaluate('response', context({ args: { nextToken: 'forged' }, error: invalid }), IAM)
    expect(answered.error).toMatchObject({ errorType: 'InvalidNextToken' })
  })

  it('asks for no images when none is held back', () => {
    const { result, stash } = queryHeld.evaluate('response', context({ result: { items: [] } }), IAM)
    const asked = getImages.evaluate('request', context({ prev: { result: [] }, stash }), IAM)
    expect([result, asked.earlyReturn, stash]).toMatchObject([[], { value: [] }, { nextToken: null }])
  })

  const ids = ['3', '2', '1', '0'].map((digit) => ID.slice(0, -1) + digit)
  const shown = (items: (ImageItem | null)[]) => {
    const result = { items: ids.map((id) => ({ id, facet: 'HELD', facetKey: 'HELD' })), nextToken: 'more' }
    const found = queryHeld.evaluate('response', context({ result }), IAM)
    const prev = { result: found.result }
    const asked = getImages.evaluate('request', context({ prev, stash: found.stash }), IAM)
    const read = { data: { [TABLE_NAME]: items } }
    const got = getImages.evaluate('response', context({ prev, stash: found.stash, result: read }), IAM)
    const { result: page } = pipeline.evaluate('response', context({ prev: got, stash: found.stash }), IAM)
    return { asked: asked.result, page: page as { items: { id: string }[]; nextToken: string | null } }
  }

  it('shows the images in the order of the list, with the variants that nobody else is given', () => {
    const items = ids.map((id, index) =>
      givenItem({ id, moderationStatus: index === 0 ? 'UNAVAILABLE' : 'HELD', visibility: 'PUBLIC' }))
    const { asked, page } = shown(items)
    expect(asked).toMatchObject({
      operation: 'BatchGetItem',
      tables: { [TABLE_NAME]: { keys: ids.map((id) => ({ id: { S: id }, facet: { S: 'IMAGE' } })) } },
    })
    expect(page).toMatchObject({
      items: ids.map((id) => ({
        id,
        fileName: 'photo.jpg',
        variants: [{ url: 'https://media.example/processed/bWVkaWE/1920.webp' }],
        srcsets: [{ srcset: 'https://media.example/processed/bWVkaWE/1920.webp 1440w' }],
      })),
      nextToken: 'more',
    })
  })

  it('leaves out what was decided, deleted or begun anew since it was listed', () => {
    const [first, second, third] = ids as [string, string, string]
    const { page } = shown([
      givenItem({ id: first, moderationStatus: 'CLEARED' }),
      givenItem({ id: second, moderationStatus: 'HELD', status: 'DELETED', keepsFacets: true }),
      givenItem({ id: third, moderationStatus: 'HELD', status: 'PROCESSING' }),
      null,
    ])
    expect(page).toEqual({ items: [], nextToken: 'more' })
  })
})
