import { describe, expect, it } from 'vitest'
import { givenContext, givenItem, givenResolver, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Query.imageChanges')
const request = (args: object) => resolver.evaluate('request', givenContext({ args: { ...args } }), USER_POOL)

describe('Query.imageChanges', () => {
  it.each([
    ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04Z', '2026-01-02T03:04:00.000Z'],
    ['2026-01-02T03:04:05+01:00', '2026-01-02T02:04:05.000Z'],
    ['2026-01-02T03:04:05.6785Z', '2026-01-02T03:04:05.678Z'],
  ])("queries the caller's changes since %s as since %s, oldest first", (since, stored) => {
    expect(request({ since }).result).toMatchObject({
      operation: 'Query',
      index: 'byChange',
      limit: 20,
      scanIndexForward: true,
      query: {
        expression: '(#owner = :owner_eq) AND (#updatedAt >= :updatedAt_ge)',
        expressionValues: { ':owner_eq': { S: OWNER }, ':updatedAt_ge': { S: stored } },
      },
    })
  })

  it('shows what is left of a deleted image', () => {
    const tombstone = givenItem({ status: 'DELETED', keepsFacets: false, expiresAtEpochSeconds: 1 })
    const { result } = resolver.evaluate('response', givenContext({ result: { items: [tombstone] } }), USER_POOL)
    const { items, nextToken } = result as { items: object[]; nextToken: string | null }
    expect(items).toMatchObject([{ status: 'DELETED', variants: [], tags: [] }])
    expect(items[0]).not.toHaveProperty('expiresAtEpochSeconds')
    expect(nextToken).toBeNull()
  })
})
