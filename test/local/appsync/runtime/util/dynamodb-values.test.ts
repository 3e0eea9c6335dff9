import { describe, expect, it } from 'vitest'
import { run, valueOf } from '../in-handler.ts'

/** What AWS answers; recorded by github.com/localstack/appsync-utils (snapshots of EvaluateCode). */
const RECORDED: [expression: string, answer: unknown][] = [
  ["toDynamoDB('test')", { S: 'test' }],
  ['toDynamoDB(12345)', { N: 12345 }],
  ['toDynamoDB(true)', { BOOL: true }],
  ['toDynamoDB(null)', { NULL: null }],
  ["toString('test')", { S: 'test' }],
  ["toStringSet(['foo', 'bar', 'baz'])", { SS: ['foo', 'bar', 'baz'] }],
  ['toNumber(12345)', { N: 12345 }],
  ['toNumberSet([1, 23, 4.56])', { NS: [1, 23, 4.56] }],
  ["toBinary('foo')", { B: 'foo' }],
  ["toBinarySet(['foo', 'bar', 'baz'])", { BS: ['foo', 'bar', 'baz'] }],
  ['toBoolean(true)', { BOOL: true }],
  ['toNull()', { NULL: null }],
  ["toList(['foo', 123, { bar: 'baz' }])", { L: [{ S: 'foo' }, { N: 123 }, { M: { bar: { S: 'baz' } } }] }],
  [
    "toMap({ foo: 'bar', baz: 1234, beep: ['boop'] })",
    { M: { foo: { S: 'bar' }, baz: { N: 1234 }, beep: { L: [{ S: 'boop' }] } } },
  ],
  [
    "toMapValues({ foo: 'bar', baz: 1234, beep: ['boop'] })",
    { foo: { S: 'bar' }, baz: { N: 1234 }, beep: { L: [{ S: 'boop' }] } },
  ],
  ["toS3Object('foo', 'bar', 'baz')", { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz"}}' }],
  [
    "toS3Object('foo', 'bar', 'baz', 'beep')",
    { S: '{"s3":{"key":"foo","bucket":"bar","region":"baz","version":"beep"}}' },
  ],
]

describe('util.dynamodb', () => {
  it.each(RECORDED)('%s is as AWS answers it', (expression, answer) => {
    expect(valueOf(`util.dynamodb.${expression}`)).toEqual(answer)
  })

  it('makes null of nothing, except where null is a value', () => {
    for (const name of [
      'toString',
      'toStringSet',
      'toNumber',
      'toNumberSet',
      'toBinary',
      'toBinarySet',
      'toBoolean',
      'toList',
      'toMap',
      'toMapValues',
    ]) {
      expect(valueOf(`util.dynamodb.${name}(null)`)).toBeNull()
    }
    expect(valueOf('util.dynamodb.toMapValues({ a: null, b: undefined, c: 0, d: "", e: false })')).toEqual({
      a: { NULL: null },
      c: { N: 0 },
      d: { S: '' },
      e: { BOOL: false },
    })
  })

  it('reads back what it wrote of an S3 object', () => {
    expect(valueOf("util.dynamodb.fromS3ObjectJson(util.dynamodb.toS3Object('k', 'b', 'r', 'v').S)")).toEqual({
      key: 'k',
      bucket: 'b',
      region: 'r',
      version: 'v',
    })
    expect(run("return util.dynamodb.fromS3ObjectJson('{}')").fault).toContain('expected an object with the member s3')
  })

  it('refuses what is no list and no object', () => {
    expect(run("return util.dynamodb.toStringSet('a')").fault).toMatch(
      /^expected the values of toStringSet to be an array, got string \(sample\.js:3:\d+\)$/
    )
    expect(run('return util.dynamodb.toMapValues([])').fault).toContain('got array')
  })
})
