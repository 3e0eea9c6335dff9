import { describe, expect, it } from 'vitest'
import { givenContext, givenResolver, OWNER, USER_POOL } from './given.ts'

const resolver = givenResolver('Query.labels')

describe('Query.labels', () => {
  it("queries the caller's label counts in the table itself", () => {
    const { result } = resolver.evaluate('request', givenContext({ args: { limit: 7 } }), USER_POOL)
    expect(result).toMatchObject({
      operation: 'Query', limit: 7, query: { expressionValues: { ':id_eq': { S: `${OWNER}#LABELS` } } },
    })
    expect(result).not.toHaveProperty('index')
  })

  it('leaves out labels that no image has any more', () => {
    const items = [{ name: 'Cat', count: 0 }, { name: 'Dog', count: 2 }].map((item) => (
      { id: `${OWNER}#LABELS`, facet: item.name.toLowerCase(), ...item }
    ))
    const { result } = resolver.evaluate('response', givenContext({ result: { items, nextToken: 'more' } }), USER_POOL)
    expect(result).toEqual({ items: [{ name: 'Dog', count: 2 }], nextToken: 'more' })
  })
})
