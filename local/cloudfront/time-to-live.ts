import type { OutgoingHttpHeaders } from 'node:http'
import type { CachePolicy } from './cache-policy.ts'

/** Errors that are always kept. Source: CloudFront developer guide, "HTTP 4xx and 5xx status codes". */
const ALWAYS_KEPT_ERRORS = new Set([404, 414, 500, 501, 502, 503, 504])

/** Errors that are kept where the origin names a time for them. Source: as above. */
const KEPT_ERRORS_IF_TOLD = new Set([400, 403, 405, 412, 415])

const MS_PER_SECOND = 1_000

/**
 * How long an object is kept, in seconds; 0 for until the next request, which asks whether it is still good.
 * @returns undefined for what is not kept at all
 * Source: CloudFront developer guide, "Specify the amount of time that CloudFront caches objects".
 */
export function objectTtl(headers: OutgoingHttpHeaders, policy: CachePolicy, nowMs: number): number | undefined {
  const { minTtlSeconds, defaultTtlSeconds, maxTtlSeconds } = policy
  if (maxTtlSeconds === 0) return undefined
  const directives = readDirectives(headers)
  if (directives.has('no-store') || directives.has('private')) return minTtlSeconds || undefined
  if (directives.has('no-cache')) return minTtlSeconds
  const told = toldSeconds(directives) ?? expiresIn(headers, nowMs)
  if (told === undefined) return Math.max(minTtlSeconds, defaultTtlSeconds)
  return Math.max(minTtlSeconds, Math.min(told, maxTtlSeconds))
}

/**
 * How long an error is kept, in seconds.
 * @param minTtlSeconds the distribution's error caching minimum TTL for this status
 * @returns undefined for what is not kept
 */
export function errorTtl(status: number, headers: OutgoingHttpHeaders, minTtlSeconds: number): number | undefined {
  const told = toldSeconds(readDirectives(headers))
  if (!ALWAYS_KEPT_ERRORS.has(status) && !(KEPT_ERRORS_IF_TOLD.has(status) && told !== undefined)) return undefined
  return Math.max(minTtlSeconds, told ?? 0)
}

function readDirectives(headers: OutgoingHttpHeaders): Map<string, string> {
  const directives = String(headers['cache-control'] ?? '').split(',')
  return new Map(
    directives.map((directive) => {
      const [name = '', value = ''] = directive.split('=')
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')]
    }),
  )
}

/** `s-maxage` before `max-age`; what is no number says nothing. */
function toldSeconds(directives: Map<string, string>): number | undefined {
  const told = ['s-maxage', 'max-age'].map((name) => directives.get(name)).find((value) => /^\d+$/.test(value ?? ''))
  return told === undefined ? undefined : Number(told)
}

/** A date that can't be read lies in the past. Source: RFC 9111, section 5.3. */
function expiresIn({ expires }: OutgoingHttpHeaders, nowMs: number): number | undefined {
  if (expires === undefined) return undefined
  const ms = Date.parse(String(expires)) - nowMs
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.floor(ms / MS_PER_SECOND))
}
