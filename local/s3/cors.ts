import type { Bucket, CorsRule } from './bucket.ts'
import { S3Error } from './errors.ts'
import type { Headers, S3Answer } from './operation.ts'

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method'

/** At most one `*`, which stands for any run of characters. */
function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*')
  if (after === undefined) return pattern === text
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
}

const listOf = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')

function findRule(bucket: Bucket, origin: string, method: string, requestHeaders: string[]): CorsRule | undefined {
  return bucket.cors?.find(
    (rule) =>
      rule.AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
      rule.AllowedMethods.includes(method) &&
      requestHeaders.every((name) => rule.AllowedHeaders?.some((pattern) => matches(pattern.toLowerCase(), name))),
  )
}

function ruleHeaders(rule: CorsRule, origin: string): Record<string, string | undefined> {
  const open = rule.AllowedOrigins.includes('*')
  return {
    'access-control-allow-origin': open ? '*' : origin,
    'access-control-allow-credentials': open ? undefined : 'true',
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    'access-control-expose-headers': rule.ExposedHeaders?.join(', '),
    'access-control-max-age': rule.MaxAge === undefined ? undefined : String(rule.MaxAge),
    vary: VARY,
  }
}

/**
 * Answers an OPTIONS request; it needs no signature.
 * @throws S3Error BadRequest, AccessForbidden
 */
export function answerPreflight(bucket: Bucket, headers: Headers): S3Answer {
  const { origin } = headers
  const method = headers['access-control-request-method']
  if (origin === undefined) throw new S3Error('BadRequest', 'Insufficient information. Origin request header needed.')
  if (method === undefined)
    throw new S3Error('BadRequest', 'Invalid Access-Control-Request-Method: expected a method, received none')
  if (!bucket.cors)
    throw new S3Error('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', {
      Method: method,
      ResourceType: 'BUCKET',
    })
  const requestHeaders = listOf(headers['access-control-request-headers'])
  const rule = findRule(bucket, origin, method, requestHeaders)
  if (!rule) {
    throw new S3Error(
      'AccessForbidden',
      "CORSResponse: This CORS request is not allowed: no rule of the bucket's matches its origin, method and headers",
      { Method: method, ResourceType: 'OBJECT' },
    )
  }
  return {
    status: 200,
    headers: {
      ...ruleHeaders(rule, origin),
      'access-control-allow-headers': requestHeaders.length > 0 ? requestHeaders.join(', ') : undefined,
    },
  }
}

/** The headers that any other answer gets, also an error's: none without a rule that fits. */
export function corsHeaders(
  bucket: Bucket | undefined,
  method: string,
  headers: Headers,
): Record<string, string | undefined> {
  if (!bucket?.cors || headers.origin === undefined) return {}
  const rule = findRule(bucket, headers.origin, method, [])
  return rule ? ruleHeaders(rule, headers.origin) : { vary: VARY }
}
