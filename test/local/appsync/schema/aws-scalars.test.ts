import { describe, expect, it } from 'vitest'
import { AWS_SCALARS } from '../../../../local/appsync/schema/aws-scalars.ts'

const CASES: Record<keyof typeof AWS_SCALARS, { good: unknown[]; bad: unknown[] }> = {
  AWSDate: {
    good: ['1970-01-01', '1970-01-01Z', '1970-01-01-07:00', '1970-01-01+05:30', '2024-02-29'],
    bad: ['1970-1-1', '2023-02-29', '1970-01-01T00:00:00Z', 19700101, '1970-01-01+25:00'],
  },
  AWSTime: {
    good: ['12:30Z', '12:30:24-07:00', '12:30:24.500+05:30', '12:30', '23:59:59.999999999'],
    bad: ['24:00', '12:60', '12', '12:30:24.5000000000Z', 'noon'],
  },
  AWSDateTime: {
    good: [
      '1970-01-01T12:30:00Z',
      '1970-01-01T12:30-07:00',
      '1970-01-01T12:30:00.000Z',
      '1970-01-01T12:30:24.500+05:30',
    ],
    bad: ['1970-01-01T12:30:00', '1970-01-01', '1970-13-01T12:30:00Z', 'yesterday', 0],
  },
  AWSTimestamp: { good: [0, -1, 1_700_000_000], bad: ['0', 1.5, null, true] },
  AWSEmail: {
    good: ['username@example.com', 'first.last+tag@sub.example.co'],
    bad: ['example.com', 'a@b@c.d', 'a b@example.com', '@example.com', 5],
  },
  AWSJSON: {
    good: ['{"upvotes": 10}', '[1,2,3]', '"AWSJSON example string"', 'true', 'null'],
    bad: ['{a: 1}', 'unquoted', "'single'", 5, { a: 1 }],
  },
  AWSURL: {
    good: ['https://www.amazon.com/', 'mailto:example@example.com', 'ftp://a.example'],
    bad: ['www.amazon.com', '/path', 'http://a b', 5],
  },
  AWSPhone: { good: ['+1 555 764 4377', '555-764-4377', '5557644377'], bad: ['phone', '12', '+', 5557644377] },
  AWSIPAddress: {
    good: ['123.123.123.123', '1a2b:3c4b::1234:4567', '10.0.0.0/8', '::1/128'],
    bad: ['256.1.1.1', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8', 'localhost'],
  },
}

describe.each(Object.entries(CASES))('%s', (name, { good, bad }) => {
  const codec = AWS_SCALARS[name as keyof typeof AWS_SCALARS]

  it.each(good)('takes %j', (value) => {
    expect(codec.parse(value)).not.toBeUndefined()
  })

  it.each(bad)('refuses %j', (value) => {
    expect(codec.parse(value)).toBeUndefined()
  })
})

describe('AWSJSON', () => {
  it('is a value to resolvers and text to clients', () => {
    expect(AWS_SCALARS.AWSJSON.parse('{"a":[1]}')).toEqual({ a: [1] })
    expect(AWS_SCALARS.AWSJSON.serialize({ a: [1] })).toBe('{"a":[1]}')
    expect(AWS_SCALARS.AWSJSON.serialize('{"a":1}')).toBe('{"a":1}')
    expect(AWS_SCALARS.AWSJSON.serialize('plain')).toBe('"plain"')
  })
})
