import { describe, expect, it } from 'vitest'
import { toElasticsearchQueryDSL } from '../../../../../local/appsync/runtime/util/open-search-query.ts'

const dsl = (query: object) => JSON.parse(toElasticsearchQueryDSL(query)) as unknown

describe('util.transform.toElasticsearchQueryDSL', () => {
  it("writes the developer guide's example as the guide does", () => {
    expect(dsl({ upvotes: { ne: 15, range: [10, 20] }, title: { eq: 'hihihi', wildcard: 'h*i' } })).toEqual({
      bool: {
        must: [
          {
            bool: {
              must: [{ bool: { must_not: { term: { upvotes: 15 } } } }, { range: { upvotes: { gte: 10, lte: 20 } } }],
            },
          },
          { bool: { must: [{ term: { title: 'hihihi' } }, { wildcard: { title: 'h*i' } }] } },
        ],
      },
    })
  })

  it.each([
    [{ a: { gt: 1 } }, { range: { a: { gt: 1 } } }],
    [{ a: { gte: 1 } }, { range: { a: { gte: 1 } } }],
    [{ a: { lt: 1 } }, { range: { a: { lt: 1 } } }],
    [{ a: { lte: 1 } }, { range: { a: { lte: 1 } } }],
    [{ a: { match: 'x' } }, { match: { a: 'x' } }],
    [{ a: { matchPhrase: 'x y' } }, { match_phrase: { a: 'x y' } }],
    [{ a: { matchPhrasePrefix: 'x y' } }, { match_phrase_prefix: { a: 'x y' } }],
    [{ a: { multiMatch: 'x' } }, { multi_match: { a: 'x' } }],
    [{ a: { regexp: 'x.*' } }, { regexp: { a: 'x.*' } }],
    [{ a: { exists: true } }, { exists: { field: 'a' } }],
    [{ a: { exists: false } }, { bool: { must_not: { exists: { field: 'a' } } } }],
    [{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { bool: { must: [{ term: { a: 1 } }, { term: { b: 2 } }] } }],
    [
      { or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] },
      { bool: { should: [{ term: { a: 1 } }, { term: { b: 2 } }], minimum_should_match: 1 } },
    ],
    [{ not: { a: { eq: 1 } } }, { bool: { must_not: { term: { a: 1 } } } }],
  ])('writes %j', (query, expected) => {
    expect(dsl(query)).toEqual(expected)
  })

  it('says by name which operator it does not know', () => {
    expect(() => dsl({ a: { near: 1 } })).toThrow('the OpenSearch operator near')
  })
})
