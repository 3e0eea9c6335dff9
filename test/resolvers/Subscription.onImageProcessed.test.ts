import { describe, expect, it } from 'vitest'
import { givenContext, givenResolver, ID, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Subscription.onImageProcessed')
const filters = (args: object) => {
  const { extensions } = resolver.evaluate('response', givenContext({ args }), USER_POOL)
  return extensions.subscriptionFilter?.filterGroup.map((group) => group.filters)
}
const MINE = [
  { fieldName: 'owner', operator: 'eq', value: OWNER },
  { fieldName: 'status', operator: 'in', value: ['READY', 'REJECTED', 'FAILED', 'EXPIRED'] },
]

describe('Subscription.onImageProcessed', () => {
  it("lets through the caller's own images that have ended, and nothing else", () => {
    expect(filters({})).toEqual([expect.toSatisfy((found) => sameMembers(found, MINE))])
  })

  it('lets through the one image asked for, and only if it is the caller\'s own', () => {
    const one = [...MINE, { fieldName: 'id', operator: 'eq', value: ID }]
    expect(filters({ id: ID })).toEqual([expect.toSatisfy((found) => sameMembers(found, one))])
  })
})

/** Filters of a group are joined by AND: their order says nothing. */
function sameMembers(found: object[], expected: object[]): boolean {
  const text = (filters: object[]) => filters.map((filter) => JSON.stringify(filter)).sort().join()
  return text(found) === text(expected)
}
