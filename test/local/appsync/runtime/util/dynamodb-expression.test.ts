import { describe, expect, it } from 'vitest'
import { valueOf } from '../in-handler.ts'

/** A filter, and the expression and values that AWS makes of it; recorded by github.com/localstack/appsync-utils. */
const RECORDED: [filter: string, expression: string, values: Record<string, unknown>][] = [
  ['{ v: { eq: "x" } }', '(#v = :v_eq)', { ':v_eq': { S: 'x' } }],
  ['{ v: { ne: "x" } }', '(#v <> :v_ne)', { ':v_ne': { S: 'x' } }],
  ['{ v: { lt: 1 } }', '(#v < :v_lt)', { ':v_lt': { N: 1 } }],
  ['{ v: { le: 1.5 } }', '(#v <= :v_le)', { ':v_le': { N: 1.5 } }],
  ['{ v: { gt: true } }', '(#v > :v_gt)', { ':v_gt': { BOOL: true } }],
  ['{ v: { ge: null } }', '(#v >= :v_ge)', { ':v_ge': { NULL: null } }],
  ['{ v: { eq: [1, 2] } }', '(#v = :v_eq)', { ':v_eq': { L: [{ N: 1 }, { N: 2 }] } }],
  ['{ v: { contains: "x" } }', '(contains(#v,:v_contains))', { ':v_contains': { S: 'x' } }],
  ['{ v: { notContains: "x" } }', '(NOT contains(#v,:v_notContains))', { ':v_notContains': { S: 'x' } }],
  ['{ v: { beginsWith: "x" } }', '(begins_with(#v,:v_beginsWith))', { ':v_beginsWith': { S: 'x' } }],
  [
    '{ v: { between: [1, 9, 3] } }',
    '(#v BETWEEN :v_between_start AND :v_between_end)',
    { ':v_between_start': { N: 1 }, ':v_between_end': { N: 9 } },
  ],
  ['{ v: { in: ["a", "b"] } }', '(#v IN (:v_in_0, :v_in_1))', { ':v_in_0': { S: 'a' }, ':v_in_1': { S: 'b' } }],
  ['{ v: { in: [] } }', '(null)', {}],
  ['{ v: { attributeExists: true } }', '(attribute_exists(#v))', {}],
  ['{ v: { attributeExists: false } }', '(attribute_not_exists(#v))', {}],
  ['{ v: { attributeType: "_null" } }', '(attribute_type(#v,:v_attributeType))', { ':v_attributeType': { S: 'NULL' } }],
  [
    '{ v: { attributeType: "stringSet" } }',
    '(attribute_type(#v,:v_attributeType))',
    { ':v_attributeType': { S: 'SS' } },
  ],
  ['{ v: { size: { gt: 2 } } }', '(size(#v) > :v_size_gt)', { ':v_size_gt': { N: 2 } }],
  [
    '{ v: { size: { gt: 2, lt: 5 } } }',
    '((size(#v) > :v_size_gt) AND (size(#v) < :v_size_lt))',
    { ':v_size_gt': { N: 2 }, ':v_size_lt': { N: 5 } },
  ],
  ['{ v: { size: { size: { gt: 1 } } } }', '(size(#v) > :v_size_size_gt)', { ':v_size_size_gt': { N: 1 } }],
  ['{ v: { size: { attributeExists: true } } }', '(attribute_exists(size(#v)))', {}],
  ['{ v: { ge: 1, le: 5 } }', '((#v >= :v_ge) AND (#v <= :v_le))', { ':v_ge': { N: 1 }, ':v_le': { N: 5 } }],
  ['{ v: {} }', '', {}],
  ['{}', '', {}],
  ['{ and: [] }', '', {}],
  ['{ not: {} }', '(NOT )', {}],
  ['{ and: [{ v: { eq: 1 } }, {}] }', '((#v = :and_0_v_eq) AND )', { ':and_0_v_eq': { N: 1 } }],
  ['{ and: [{ v: { eq: 1 } }] }', '(#v = :and_0_v_eq)', { ':and_0_v_eq': { N: 1 } }],
  ['{ not: { v: { eq: 1 } } }', '(NOT (#v = :not_v_eq))', { ':not_v_eq': { N: 1 } }],
  ['{ not: { not: { v: { eq: 1 } } } }', '(NOT (NOT (#v = :not_not_v_eq)))', { ':not_not_v_eq': { N: 1 } }],
  [
    '{ and: [{ or: [{ and: [{ v: { eq: 1 } }] }] }] }',
    '(#v = :and_0_or_0_and_0_v_eq)',
    { ':and_0_or_0_and_0_v_eq': { N: 1 } },
  ],
]

const RECORDED_OF_MANY: [filter: string, expression: string][] = [
  ['{ a: { eq: 1 }, b: { eq: 2 } }', '(#a = :a_eq) AND (#b = :b_eq)'],
  ['{ a: { eq: 1 }, b: {} }', '(#a = :a_eq) AND '],
  ['{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', '((#a = :and_0_a_eq) AND (#b = :and_1_b_eq))'],
  ['{ or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }', '((#a = :or_0_a_eq) OR (#b = :or_1_b_eq))'],
  ['{ a: { eq: 1 }, and: [{ b: { eq: 2 } }] }', '(#a = :a_eq) AND (#b = :and_0_b_eq)'],
  [
    '{ not: { and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] } }',
    '(NOT ((#a = :not_and_0_a_eq) AND (#b = :not_and_1_b_eq)))',
  ],
  ['{ and: [{ not: { a: { eq: 1 } } }, { b: { eq: 2 } }] }', '((NOT (#a = :and_0_not_a_eq)) AND (#b = :and_1_b_eq))'],
  [
    '{ or: [{ and: [{ a: { eq: 1 } }, { b: { eq: 2 } }] }, { c: { eq: 3 } }] }',
    '(((#a = :or_0_and_0_a_eq) AND (#b = :or_0_and_1_b_eq)) OR (#c = :or_1_c_eq))',
  ],
]

/** Filters for which AWS answers null. */
const NOT_RENDERED = [
  '',
  'null',
  '[]',
  '"string"',
  '{ v: { foo: 1 } }',
  '{ v: "x" }',
  '{ a: { b: { eq: 1 } } }',
  '{ and: { a: { eq: 1 } } }',
  '{ and: null }',
  '{ and: [{ a: { eq: 1 } }, null] }',
  '{ not: [{ a: { eq: 1 } }] }',
  '{ v: { between: [1] } }',
  '{ v: { between: "x" } }',
  '{ v: { in: "x" } }',
  '{ v: { attributeExists: "yes" } }',
  '{ v: { attributeType: "S" } }',
  '{ v: { size: 3 } }',
]

const rendered = (filter: string) =>
  JSON.parse(String(valueOf(`util.transform.toDynamoDBFilterExpression(${filter})`))) as Record<string, unknown>

describe('util.transform for DynamoDB', () => {
  it.each(RECORDED)('makes of %s what AWS makes of it', (filter, expression, expressionValues) => {
    const expressionNames = filter.includes('v:') ? { '#v': 'v' } : {}
    expect(rendered(filter)).toEqual({ expression, expressionNames, expressionValues })
  })

  it.each(RECORDED_OF_MANY)('joins %s as AWS does', (filter, expression) => {
    expect(rendered(filter).expression).toBe(expression)
  })

  it.each(NOT_RENDERED)('answers null for %s', (filter) => {
    expect(valueOf(`util.transform.toDynamoDBFilterExpression(${filter})`)).toBeNull()
  })

  it('answers JSON text, the same for conditions', () => {
    expect(
      valueOf('util.transform.toDynamoDBConditionExpression({ id: { attributeExists: true }, version: { eq: 10 } })')
    ).toBe(
      '{"expression":"(attribute_exists(#id)) AND (#version = :version_eq)",' +
        '"expressionNames":{"#id":"id","#version":"version"},' +
        '"expressionValues":{":version_eq":{"N":10}}}'
    )
  })

  it('keeps several fields of one member, or under not, together', () => {
    expect(rendered('{ not: { a: { eq: 1 }, b: { eq: 2 } } }').expression).toBe(
      '(NOT ((#a = :not_a_eq) AND (#b = :not_b_eq)))'
    )
  })
})
