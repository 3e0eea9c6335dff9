import { describe, expect, it } from 'vitest'
import type { Resource } from '../../../local/aws/resource.ts'
import { normalizeEncodings, readCachePolicy } from '../../../local/cloudfront/cache-policy.ts'

const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6'

function policy(config: Record<string, unknown>): Resource {
  const properties = { CachePolicyConfig: { Name: 'own', ...config } }
  return { logicalId: 'P', type: 'AWS::CloudFront::CachePolicy', physicalId: 'own', attributes: {}, properties }
}

const read = (config: Record<string, unknown>) => readCachePolicy('own', [policy(config)])

describe('a cache policy', () => {
  it('is one of CloudFront\'s own, by its id', () => {
    const times = { minTtlSeconds: 1, defaultTtlSeconds: 86_400, maxTtlSeconds: 31_536_000 }
    expect(readCachePolicy(OPTIMIZED, [])).toEqual({ ...times, encodings: ['br', 'gzip'] })
    expect(readCachePolicy('b2884449-e4de-46a7-ac36-70bc7f1ddd6d', [])).toEqual({ ...times, encodings: [] })
    expect(readCachePolicy('4135ea2d-6df8-44a3-9df3-4b5a84be39ad', [])).toMatchObject({ maxTtlSeconds: 0 })
  })

  it('is the template\'s, with the times that CloudFront takes for those that it does not name', () => {
    const key = { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' } }
    expect(read({ MinTTL: 5, DefaultTTL: 10, MaxTTL: 20, ParametersInCacheKeyAndForwardedToOrigin: key }))
      .toEqual({ minTtlSeconds: 5, defaultTtlSeconds: 10, maxTtlSeconds: 20, encodings: ['gzip'] })
    expect(read({ MinTTL: 0 })).toMatchObject({ defaultTtlSeconds: 86_400, maxTtlSeconds: 31_536_000 })
    expect(read({ MinTTL: 40_000_000 }))
      .toMatchObject({ minTtlSeconds: 40_000_000, defaultTtlSeconds: 40_000_000, maxTtlSeconds: 40_000_000 })
  })

  it.each([
    ['QueryStringsConfig', 'QueryStringBehavior', 'all'],
    ['HeadersConfig', 'HeaderBehavior', 'whitelist'],
    ['CookiesConfig', 'CookieBehavior', 'all'],
  ])('with %s is refused by name', (part, setting, value) => {
    const key = { [part]: { [setting]: value } }
    expect(() => read({ MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: key })).toThrow(
      expect.objectContaining({ code: 'NotImplemented', message: expect.stringContaining(`${setting} ${value}`) }),
    )
  })

  it.each([
    ['gzip, deflate, br', 'br,gzip'], ['BR;q=1', 'br'], ['gzip', 'gzip'], ['identity', ''], [undefined, ''],
  ])('tells apart who accepts %s as "%s"', (accepted, normalized) => {
    expect(normalizeEncodings(readCachePolicy(OPTIMIZED, []), accepted)).toBe(normalized)
  })
})
