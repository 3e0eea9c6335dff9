/** A request in a log file. */
export interface LoggedRequest {
  path: string
  at: Date
  /** @default GET */
  method?: string
  /** @default 200 */
  status?: number
  /** @default - (the whole) */
  rangeStart?: string
}

/** Some of a log file's fields, in an order of this test's own. */
const FIELDS = ['c-ip', 'sc-status', 'time', 'cs-uri-stem', 'date', 'cs-method', 'cs(User-Agent)', 'sc-range-start']

/** Path of a variant. */
export function variantPath(mediaKey: string): string {
  return `/processed/${mediaKey}/4.webp`
}

/** Text of a log file, not zipped yet. */
export function accessLog(requests: LoggedRequest[]): string {
  const lines = requests.map(({ path, at, method = 'GET', status = 200, rangeStart = '-' }) => {
    const [date, time] = at.toISOString().split(/[T.]/)
    return ['192.0.2.7', status, time, path, date, method, 'Mozilla/5.0%20(X11)', rangeStart].join('\t')
  })
  return `${['#Version: 1.0', `#Fields: ${FIELDS.join(' ')}`, ...lines].join('\n')}\n`
}
