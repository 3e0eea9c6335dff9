import { NotImplemented } from '../aws/errors.ts'
import type { Resource } from '../aws/resource.ts'

/** How long answers may be kept, and what tells one from another besides the path. */
export interface CachePolicy {
  minTtlSeconds: number
  /** Where the origin names no time. */
  defaultTtlSeconds: number
  maxTtlSeconds: number
  /** Codings of `Accept-Encoding` that are part of the cache key, in the order in which they are written there. */
  encodings: readonly ('br' | 'gzip')[]
}

/** A day and a year. Source: CloudFront API reference, "CachePolicyConfig". */
const DEFAULT_TTL_SECONDS = 86_400
const DEFAULT_MAX_TTL_SECONDS = 31_536_000

const OPTIMIZED = {
  minTtlSeconds: 1,
  defaultTtlSeconds: DEFAULT_TTL_SECONDS,
  maxTtlSeconds: DEFAULT_MAX_TTL_SECONDS,
}

/** CloudFront's own cache policies by id. Source: CloudFront developer guide, "Use managed cache policies". */
const MANAGED_CACHE_POLICIES: Record<string, CachePolicy> = {
  // CachingOptimized
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { ...OPTIMIZED, encodings: ['br', 'gzip'] },
  // CachingOptimizedForUncompressedObjects
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { ...OPTIMIZED, encodings: [] },
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': {
    minTtlSeconds: 0,
    defaultTtlSeconds: 0,
    maxTtlSeconds: 0,
    encodings: [],
  },
}

/** What may stand in the key, each with its setting. What does is asked of S3 too, which is not emulated. */
const KEY_PARTS = [
  ['QueryStringsConfig', 'QueryStringBehavior'],
  ['HeadersConfig', 'HeaderBehavior'],
  ['CookiesConfig', 'CookieBehavior'],
] as const

type Properties = Record<string, unknown>

/**
 * Finds the policy of a cache behaviour: one of CloudFront's own, or the template's.
 * @throws NotImplemented for one that is not known, or that has queries, headers or cookies in the key
 */
export function readCachePolicy(policyId: unknown, resources: Resource[]): CachePolicy {
  const managed = MANAGED_CACHE_POLICIES[String(policyId)]
  if (managed) return managed
  const resource = resources.find(
    ({ type, physicalId }) => type === 'AWS::CloudFront::CachePolicy' && physicalId === policyId,
  )
  if (!resource) throw new NotImplemented(`CloudFront: the cache policy ${String(policyId)}`)
  const config = resource.properties.CachePolicyConfig as Properties
  const key = (config.ParametersInCacheKeyAndForwardedToOrigin ?? {}) as Properties
  for (const [part, setting] of KEY_PARTS) {
    const behavior = (key[part] as Properties | undefined)?.[setting] ?? 'none'
    if (behavior !== 'none') throw new NotImplemented(`CloudFront: ${setting} ${String(behavior)} of a cache policy`)
  }
  const minTtlSeconds = Number(config.MinTTL ?? 0)
  const defaultTtlSeconds = Number(config.DefaultTTL ?? Math.max(DEFAULT_TTL_SECONDS, minTtlSeconds))
  return {
    minTtlSeconds,
    defaultTtlSeconds,
    maxTtlSeconds: Number(config.MaxTTL ?? Math.max(DEFAULT_MAX_TTL_SECONDS, defaultTtlSeconds)),
    encodings: [
      ...(isTrue(key.EnableAcceptEncodingBrotli) ? (['br'] as const) : []),
      ...(isTrue(key.EnableAcceptEncodingGzip) ? (['gzip'] as const) : []),
    ],
  }
}

const isTrue = (value: unknown): boolean => value === true || value === 'true'

/**
 * What of the viewer's Accept-Encoding stands in the cache key: `br,gzip`, `br`, `gzip` or nothing. Source: CloudFront
 * developer guide, "Cache compressed objects".
 */
export function normalizeEncodings({ encodings }: CachePolicy, acceptEncoding = ''): string {
  const accepted = acceptEncoding.split(',').map((coding) => coding.split(';')[0]?.trim().toLowerCase())
  return encodings.filter((coding) => accepted.includes(coding)).join(',')
}
