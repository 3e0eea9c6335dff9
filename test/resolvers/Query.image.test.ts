import { describe, expect, it } from 'vitest'
import { givenContext, givenItem, givenResolver, GUEST, ID, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Query.image')

describe('Query.image request', () => {
  it('gets the image by its whole key', () => {
    const { result } = resolver.evaluate('request', givenContext({ args: { id: ID } }), USER_POOL)
    expect(result).toMatchObject({ operation: 'GetItem', key: { id: { S: ID }, facet: { S: 'IMAGE' } } })
  })

  it.each(['', 'x', ID.toLowerCase(), `${ID}0`])('answers null without a look-up for "%s", which is no ULID', (id) => {
    const { earlyReturn } = resolver.evaluate('request', givenContext({ args: { id } }), USER_POOL)
    expect(earlyReturn).toMatchObject({ value: null })
  })
})

describe('Query.image response', () => {
  it("shows the owner's image with its variants' addresses", () => {
    const { result } = resolver.evaluate('response', givenContext({ args: { id: ID }, result: givenItem() }), USER_POOL)
    expect(result).toMatchObject({
      id: ID,
      owner: OWNER,
      variants: [{ width: 1_440, height: 1_920, url: 'https://media.example/processed/bWVkaWE/1920.webp' }],
    })
    expect(result).not.toHaveProperty('facetKey')
  })

  it("answers null for another owner's image", () => {
    const result = givenItem({ owner: 'somebody-else' })
    expect(resolver.evaluate('response', givenContext({ args: { id: ID }, result }), USER_POOL).result).toBeNull()
  })

  const failure = { code: 'CORRUPT_IMAGE', message: 'It breaks off.', retryable: false }
  const published = givenItem({ visibility: 'PUBLIC', publicKey: 'PUBLIC#5', title: 'Bridge', failure })
  const OTHER = { sub: 'somebody-else', username: 'somebody-else', claims: {} }
  const shownTo = (identity: object | null, result: object) =>
    resolver.evaluate(
      'response', givenContext({ args: { id: ID }, identity, result }), identity ? USER_POOL : GUEST,
    ).result

  const OTHERS: [string, object | null][] = [['a guest', null], ['another user', OTHER]]

  it.each(OTHERS)('shows %s a PUBLIC image, less what is its owner\'s', (_, who) => {
    expect(shownTo(who, published)).toMatchObject({
      id: ID, visibility: 'PUBLIC', title: 'Bridge', variants: [{ width: 1_440 }],
      fileName: null, sha256: null, failure: null, camera: null, moderationLabels: null,
    })
    expect(shownTo(who, published)).not.toHaveProperty('publicKey')
  })

  it('shows the owner all of a PUBLIC image', () => {
    expect(resolver.evaluate('response', givenContext({ args: { id: ID }, result: published }), USER_POOL).result)
      .toMatchObject({ fileName: 'photo.jpg', sha256: 'ab'.repeat(32), failure })
  })

  it.each(OTHERS)('answers %s null for a PRIVATE image', (_, who) => {
    expect(shownTo(who, givenItem({ visibility: 'PRIVATE' }))).toBeNull()
    expect(shownTo(who, givenItem())).toBeNull()
  })

  it('calls an image PRIVATE that says nothing of it', () => {
    expect(resolver.evaluate('response', givenContext({ args: { id: ID }, result: givenItem() }), USER_POOL).result)
      .toMatchObject({ visibility: 'PRIVATE' })
  })

  it('answers null for an image that is not there', () => {
    expect(resolver.evaluate('response', givenContext({ args: { id: ID } }), USER_POOL).result).toBeNull()
  })

  it('tells of a failed data source without repeating what it said', () => {
    const context = givenContext({ args: { id: ID }, error: { message: 'table x', type: 'DynamoDB:InternalServerError' } })
    const { error } = resolver.evaluate('response', context, USER_POOL)
    expect(error).toMatchObject({ errorType: 'ServiceUnavailable' })
    expect(error?.message).not.toContain('table x')
  })
})
