import type { OutgoingHttpHeaders } from 'node:http'
import type { Resource } from '../aws/resource.ts'

/** A header to add, and whether it replaces the origin's. */
interface AddedHeader {
  name: string
  value: string
  override: boolean
}

interface CorsConfig {
  allowOrigins: string[]
  allowHeaders: string[]
  allowMethods: string[]
  exposeHeaders: string[]
  allowCredentials: boolean
  maxAgeSeconds?: number
  override: boolean
}

/** What a policy adds to and takes from every answer, errors included. */
export interface ResponseHeadersPolicy {
  cors?: CorsConfig
  added: AddedHeader[]
  removed: string[]
}

/** `ALL` in the policy's allowed methods. */
const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']

type Properties = Record<string, unknown>

const section = (parent: Properties, name: string): Properties | undefined => parent[name] as Properties | undefined
const items = (value: unknown): string[] => (value as { Items?: string[] } | undefined)?.Items ?? []

/** Reads AWS::CloudFront::ResponseHeadersPolicy. */
export function readResponseHeadersPolicy({ properties }: Resource): ResponseHeadersPolicy {
  const config = section(properties, 'ResponseHeadersPolicyConfig') ?? {}
  const cors = section(config, 'CorsConfig')
  const custom = section(config, 'CustomHeadersConfig')?.Items as
    | { Header: string; Value: string; Override: boolean }[]
    | undefined
  const removed = section(config, 'RemoveHeadersConfig')?.Items as { Header: string }[] | undefined
  return {
    cors: cors && readCors(cors),
    added: [
      ...securityHeaders(section(config, 'SecurityHeadersConfig') ?? {}),
      ...(custom ?? []).map(({ Header, Value, Override }) => ({
        name: Header.toLowerCase(),
        value: Value,
        override: Override,
      })),
    ],
    removed: (removed ?? []).map(({ Header }) => Header.toLowerCase()),
  }
}

function readCors(cors: Properties): CorsConfig {
  const methods = items(cors.AccessControlAllowMethods)
  return {
    allowOrigins: items(cors.AccessControlAllowOrigins),
    allowHeaders: items(cors.AccessControlAllowHeaders),
    allowMethods: methods.includes('ALL') ? ALL_METHODS : methods,
    exposeHeaders: items(cors.AccessControlExposeHeaders),
    allowCredentials: cors.AccessControlAllowCredentials === true,
    maxAgeSeconds: cors.AccessControlMaxAgeSec as number | undefined,
    override: cors.OriginOverride === true,
  }
}

/**
 * Name in the template -> header and how its value is written. Source: CloudFront developer guide, "Understand
 * response headers policies".
 */
const SECURITY_HEADERS: Record<string, [name: string, value: (section: Properties) => string]> = {
  ContentSecurityPolicy: ['content-security-policy', (config) => String(config.ContentSecurityPolicy)],
  ContentTypeOptions: ['x-content-type-options', () => 'nosniff'],
  FrameOptions: ['x-frame-options', (config) => String(config.FrameOption)],
  ReferrerPolicy: ['referrer-policy', (config) => String(config.ReferrerPolicy)],
  StrictTransportSecurity: [
    'strict-transport-security',
    (config) =>
      `max-age=${String(config.AccessControlMaxAgeSec)}${config.IncludeSubdomains ? '; includeSubDomains' : ''}${
        config.Preload ? '; preload' : ''
      }`,
  ],
  XSSProtection: [
    'x-xss-protection',
    (config) =>
      config.Protection
        ? `1${config.ModeBlock ? '; mode=block' : ''}${config.ReportUri ? `; report=${String(config.ReportUri)}` : ''}`
        : '0',
  ],
}

function securityHeaders(config: Properties): AddedHeader[] {
  return Object.entries(SECURITY_HEADERS).flatMap(([key, [name, value]]) => {
    const found = section(config, key)
    return found ? [{ name, value: value(found), override: found.Override === true }] : []
  })
}

/** `*`, the origin itself, or `*.` before a domain. */
function allowsOrigin(allowed: string, origin: string): boolean {
  if (allowed === '*' || allowed === origin) return true
  const [scheme, domain] = allowed.includes('://') ? allowed.split('://') : [undefined, allowed]
  const { protocol, host } = URL.canParse(origin) ? new URL(origin) : { protocol: '', host: '' }
  if (scheme !== undefined && `${scheme}:` !== protocol) return false
  return domain?.startsWith('*.') ? host.endsWith(domain.slice(1)) : domain === host
}

function corsHeaders(cors: CorsConfig, origin: string, preflight: boolean): AddedHeader[] {
  if (!cors.allowOrigins.some((allowed) => allowsOrigin(allowed, origin))) return []
  const { override } = cors
  const open = cors.allowOrigins.includes('*')
  const added = (name: string, value: string): AddedHeader => ({ name, value, override })
  return [
    added('access-control-allow-origin', open ? '*' : origin),
    ...(open ? [] : [added('vary', 'Origin')]),
    ...(cors.allowCredentials ? [added('access-control-allow-credentials', 'true')] : []),
    ...(cors.exposeHeaders.length > 0 ? [added('access-control-expose-headers', cors.exposeHeaders.join(', '))] : []),
    ...(preflight
      ? [
          added('access-control-allow-methods', cors.allowMethods.join(', ')),
          added('access-control-allow-headers', cors.allowHeaders.join(', ')),
          ...(cors.maxAgeSeconds === undefined ? [] : [added('access-control-max-age', String(cors.maxAgeSeconds))]),
        ]
      : []),
  ]
}

/**
 * The headers that go to the viewer.
 * @param origin the request's Origin header: without one there are no CORS headers
 */
export function applyResponseHeadersPolicy(
  policy: ResponseHeadersPolicy | undefined,
  fromOrigin: OutgoingHttpHeaders,
  { origin, preflight }: { origin: string | undefined; preflight: boolean },
): OutgoingHttpHeaders {
  if (!policy) return fromOrigin
  const headers = Object.fromEntries(Object.entries(fromOrigin).filter(([name]) => !policy.removed.includes(name)))
  const cors = policy.cors && origin !== undefined ? corsHeaders(policy.cors, origin, preflight) : []
  for (const { name, value, override } of [...cors, ...policy.added]) {
    if (override || headers[name] === undefined) headers[name] = value
  }
  return headers
}
