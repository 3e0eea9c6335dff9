import { describe, expect, it } from 'vitest'
import type { CachePolicy } from '../../../local/cloudfront/cache-policy.ts'
import { errorTtl, objectTtl } from '../../../local/cloudfront/time-to-live.ts'

const NOW = Date.UTC(2026, 10, 20)
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1_000).toUTCString()

const policy = (minTtlSeconds: number, defaultTtlSeconds: number, maxTtlSeconds: number): CachePolicy =>
  ({ minTtlSeconds, defaultTtlSeconds, maxTtlSeconds, encodings: [] })
const FREE = policy(0, 100, 1_000)
const BOUND = policy(50, 100, 1_000)

const ttl = (headers: Record<string, string>, by = FREE) => objectTtl(headers, by, NOW)

describe('how long an object is kept', () => {
  it.each([
    ['max-age=300', 300, 300],
    ['max-age=5000', 1_000, 1_000],
    ['max-age=20', 20, 50],
    ['max-age=20, s-maxage=400', 400, 400],
    ['S-MaxAge="30", public', 30, 50],
    ['max-age=0', 0, 50],
    ['max-age=soon', 100, 100],
    ['public', 100, 100],
    ['no-cache, max-age=300', 0, 50],
    ['no-store', undefined, 50],
    ['private, max-age=300', undefined, 50],
  ])('for Cache-Control: %s', (value, free, bound) => {
    expect([ttl({ 'cache-control': value }), ttl({ 'cache-control': value }, BOUND)]).toEqual([free, bound])
  })

  it.each([
    ['in 300 seconds', inSeconds(300), 300, 300],
    ['after the maximum', inSeconds(5_000), 1_000, 1_000],
    ['before the minimum', inSeconds(20), 20, 50],
    ['in the past', inSeconds(-20), 0, 50],
    ['unreadable', '0th of May', 0, 50],
  ])('for an Expires that is %s', (_what, expires, free, bound) => {
    expect([ttl({ expires }), ttl({ expires }, BOUND)]).toEqual([free, bound])
    expect(ttl({ expires, 'cache-control': 'max-age=70' })).toBe(70)
  })

  it('is the default where nobody says, but at least the minimum, and not at all where nothing is', () => {
    expect(ttl({})).toBe(100)
    expect(ttl({}, policy(500, 100, 1_000))).toBe(500)
    expect(ttl({ 'cache-control': 'max-age=300' }, policy(0, 0, 0))).toBeUndefined()
  })
})

describe('how long an error is kept', () => {
  it.each([404, 414, 500, 501, 502, 503, 504])('%i: the minimum, or as the origin says', (status) => {
    expect(errorTtl(status, {}, 10)).toBe(10)
    expect(errorTtl(status, { 'cache-control': 'max-age=60' }, 10)).toBe(60)
    expect(errorTtl(status, { 'cache-control': 'max-age=5' }, 10)).toBe(10)
  })

  it.each([400, 403, 405, 412, 415])('%i: only where the origin says', (status) => {
    expect(errorTtl(status, {}, 10)).toBeUndefined()
    expect(errorTtl(status, { 'cache-control': 's-maxage=60' }, 10)).toBe(60)
  })

  it('416: not at all', () => {
    expect(errorTtl(416, { 'cache-control': 'max-age=60' }, 10)).toBeUndefined()
  })
})
