import type { LogEntry } from '../../../local/cloudfront/log-entry.ts'

/** Names of the fields, as CloudFront's guide lists them. */
export const FIELDS = 'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) '
  + 'cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes '
  + 'time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status '
  + 'fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len '
  + 'sc-range-start sc-range-end'

export const ENTRY: LogEntry = {
  startedAtMs: Date.UTC(2026, 10, 20, 11, 55, 16, 3),
  finishedAtMs: Date.UTC(2026, 10, 20, 11, 55, 16, 45),
  requestId: 'a-request',
  viewer: { ip: '127.0.0.1', port: 50_000 },
  method: 'GET',
  domainName: 'd1.cloudfront.net',
  path: '/processed/a%20b/480.webp',
  query: '',
  httpVersion: '1.1',
  headers: { host: 'localhost', 'user-agent': 'Mozilla/5.0 (X11)\té', cookie: 'a=b' },
  status: 200,
  result: 'Miss',
  isBrokenOff: false,
  bytesSent: 321,
  contentType: 'image/webp',
  contentLength: '10',
  contentRange: undefined,
}
