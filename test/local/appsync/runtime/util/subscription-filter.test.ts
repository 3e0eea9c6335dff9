import { describe, expect, it } from 'vitest'
import { valueOf } from '../in-handler.ts'

/** Groups as lists of `field operator value`. */
function groupsOf(call: string): string[][] {
  const { filterGroup } = valueOf(`util.transform.toSubscriptionFilter(${call})`) as {
    filterGroup: { filters: { fieldName: string; operator: string; value: unknown }[] }[]
  }
  return filterGroup.map(({ filters }) =>
    filters.map(({ fieldName, operator, value }) => `${fieldName} ${operator} ${JSON.stringify(value)}`)
  )
}

/** Arguments, and the groups that AWS makes of them; recorded by github.com/localstack/appsync-utils. */
const RECORDED: [call: string, groups: string[][]][] = [
  ['{ a: { eq: 1 } }', [['a eq 1']]],
  ['{ a: { eq: 1 }, b: { eq: 2 } }', [['a eq 1', 'b eq 2']]],
  ['{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', [['a eq 1', 'b eq 2']]],
  ['{ z: { eq: 0 }, and: [{ a: { eq: 1 } }] }', [['z eq 0', 'a eq 1']]],
  ['{ "loc.addr.country": { eq: "USA" } }', [['loc.addr.country eq "USA"']]],
  ['{ a: { eq: 1, ne: 2 } }', [['a eq 1'], ['a ne 2']]],
  ['{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', [['a eq 1'], ['b eq 2']]],
  [
    '{ and: [{ a: { eq: 1 } }, { or: [{ b: { eq: 2 } }, { c: { eq: 3 } }] }] }',
    [
      ['a eq 1', 'b eq 2'],
      ['a eq 1', 'c eq 3'],
    ],
  ],
  [
    '{ p: { lte: 50, gte: 20 }, and: [{ t: { ne: "B" } }, { d: { gt: 9 } }], ' +
      'or: [{ a: { eq: "A" } }, { i: { eq: false } }] }',
    [
      ['p lte 50', 't ne "B"', 'd gt 9', 'a eq "A"'],
      ['p lte 50', 't ne "B"', 'd gt 9', 'i eq false'],
      ['p gte 20', 't ne "B"', 'd gt 9', 'a eq "A"'],
      ['p gte 20', 't ne "B"', 'd gt 9', 'i eq false'],
    ],
  ],
  ['{ a: { in: [1, 2] }, b: { notIn: ["x"] } }', [['a in [1,2]', 'b notIn ["x"]']]],
  ['{ a: { bogus: 1 } }', [['a bogus 1']]],
  ['{ not: { a: { eq: 1 } } }', [['not a {"eq":1}']]],
  ['{ a: { eq: 1 }, b: { eq: 2 } }, ["a"]', [['b eq 2']]],
  ['{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }, ["b"]', [['a eq 1']]],
  [
    '{ a: { eq: 1 } }, [], { r1: { gte: 250 }, r2: { eq: "p" } }',
    [
      ['a eq 1', 'r1 gte 250'],
      ['a eq 1', 'r2 eq "p"'],
    ],
  ],
  ['{}, [], { r1: { eq: 1 } }', [['r1 eq 1']]],
  ['{}', []],
  ['{ a: {} }', []],
  ['{ and: [] }', []],
]

describe('util.transform.toSubscriptionFilter', () => {
  it.each(RECORDED)('of %s is as AWS answers it', (call, groups) => {
    expect(groupsOf(call)).toEqual(groups)
  })

  it.each(['', 'null', '[]', '\'{"a":{"eq":1}}\''])('of %s is null', (call) => {
    expect(valueOf(`util.transform.toSubscriptionFilter(${call})`)).toBeNull()
  })
})
