/** A request that was answered, or broken off. */
export interface LogEntry {
  startedAtMs: number
  finishedAtMs: number
  requestId: string
  /** `127.0.0.1:<port>` of the viewer. */
  viewer: { ip: string | undefined; port: number | undefined }
  method: string
  /** The distribution's own domain name. */
  domainName: string
  /** As it came, still encoded. */
  path: string
  /** Without the question mark; empty for none. */
  query: string
  httpVersion: string
  /** Of the request, lower-case names. */
  headers: Record<string, string | undefined>
  /** 0 when the viewer went away before there was one. */
  status: number
  /** Hit, RefreshHit, Miss or Error, as the viewer is told; undefined when there was no answer. */
  result: string | undefined
  /** Whether the viewer went away before all of it was sent. */
  isBrokenOff: boolean
  /** To the viewer, headers and body. */
  bytesSent: number
  /** Of the answer. */
  contentType: string | undefined
  contentLength: string | undefined
  /** `bytes <first>-<last>/<size>`. */
  contentRange: string | undefined
}

/** Lengths in `2026-11-20T11:55:16.000Z`. */
const DATE_LENGTH = 10
const TIME_END = 19

const STATUS_DIGITS = 3
const MS_PER_SECOND = 1_000
/** Seconds are told to the millisecond. */
const TAKEN_DIGITS = 3

/**
 * The fields of a log file in their order, each with what it says. Undefined and empty become `-`, as does what a run
 * on this machine can't know. Source: CloudFront developer guide, "Standard logging reference".
 */
const VALUES = {
  date: ({ finishedAtMs }) => isoOf(finishedAtMs).slice(0, DATE_LENGTH),
  time: ({ finishedAtMs }) => isoOf(finishedAtMs).slice(DATE_LENGTH + 1, TIME_END),
  'x-edge-location': () => undefined,
  'sc-bytes': ({ bytesSent }) => String(bytesSent),
  'c-ip': ({ viewer }) => viewer.ip,
  'cs-method': ({ method }) => method,
  'cs(Host)': ({ domainName }) => domainName,
  'cs-uri-stem': ({ path }) => path,
  'sc-status': ({ status }) => String(status).padStart(STATUS_DIGITS, '0'),
  'cs(Referer)': ({ headers }) => headers.referer,
  'cs(User-Agent)': ({ headers }) => headers['user-agent'],
  'cs-uri-query': ({ query }) => query,
  'cs(Cookie)': ({ headers }) => headers.cookie,
  'x-edge-result-type': finalResultOf,
  'x-edge-request-id': ({ requestId }) => requestId,
  'x-host-header': ({ headers }) => headers.host,
  // The loopback counts as TLS.
  'cs-protocol': () => 'https',
  'cs-bytes': () => undefined,
  'time-taken': ({ startedAtMs, finishedAtMs }) => ((finishedAtMs - startedAtMs) / MS_PER_SECOND).toFixed(TAKEN_DIGITS),
  'x-forwarded-for': ({ headers }) => headers['x-forwarded-for'],
  'ssl-protocol': () => undefined,
  'ssl-cipher': () => undefined,
  'x-edge-response-result-type': resultOf,
  'cs-protocol-version': ({ httpVersion }) => `HTTP/${httpVersion}`,
  'fle-status': () => undefined,
  'fle-encrypted-fields': () => undefined,
  'c-port': ({ viewer }) => viewer.port?.toString(),
  'time-to-first-byte': () => undefined,
  'x-edge-detailed-result-type': finalResultOf,
  'sc-content-type': ({ contentType }) => contentType,
  'sc-content-len': ({ contentLength }) => contentLength,
  'sc-range-start': ({ contentRange }) => rangeOf(contentRange)?.first,
  'sc-range-end': ({ contentRange }) => rangeOf(contentRange)?.last,
} satisfies Record<string, (entry: LogEntry) => string | undefined>

/** Names of the fields, as the second line of a log file lists them. */
export const FIELDS = Object.keys(VALUES) as (keyof typeof VALUES)[]

/** What would break a line into others, or is no ASCII; a percent sign stands: what comes encoded stays as it is. */
const ENCODED = /[^\x21-\x7e]|[<>"#{}|\\^~[\]`]/gu

/** One line of a log file, with its end. */
export function logLine(entry: LogEntry, includeCookies: boolean): string {
  const values = FIELDS.map((field) => {
    const value = field === 'cs(Cookie)' && !includeCookies ? undefined : VALUES[field](entry)
    return value === undefined || value === '' ? '-' : value.replace(ENCODED, encode)
  })
  return `${values.join('\t')}\n`
}

function encode(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}

/** How the answer was classified before it was sent. */
function resultOf({ result }: LogEntry): string {
  return result ?? 'Error'
}

/** And after its last byte: who goes away before that makes an error of it. */
function finalResultOf(entry: LogEntry): string {
  return entry.isBrokenOff ? 'Error' : resultOf(entry)
}

function rangeOf(contentRange: string | undefined): { first?: string; last?: string } | undefined {
  return /^bytes (?<first>\d+)-(?<last>\d+)\//.exec(contentRange ?? '')?.groups
}
