import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** One request that the CDN answered. */
export interface Viewing {
  /** Under which the variant lies that was fetched. */
  mediaKey: string
  /** ISO 8601, in UTC, to the second. */
  at: string
}

/** The columns that are read, by their names in the log's header. */
const COLUMNS = ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status'] as const

/** The column that tells where a part begins that was asked for. Not in the oldest files. */
const RANGE_START = 'sc-range-start'

const FIELDS_DIRECTIVE = '#Fields:'
const NOTHING = '-'

/** Answers that somebody has the picture after: all of it, a part, or what is in the browser's cache is still good. */
const SHOWN_STATUSES = ['200', '206', '304']

/** `/processed/<mediaKey>/<long edge>.<format>`, see object-keys.ts. */
const VARIANT_PATH = /^\/processed\/(?<mediaKey>[A-Za-z0-9_-]{1,128})\/\d+\.[a-z]+$/

const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{2}:\d{2}:\d{2}$/

/** The file is no access log, or breaks off. */
export class UnreadableAccessLog extends Error {
  override readonly name = 'UnreadableAccessLog'
}

/**
 * The views in a log file of the CDN: each GET of a variant that succeeded. Of one fetched in parts the first part
 * counts. HEAD, refusals and other paths don't.
 * @param file a gzipped file in the W3C extended format: its `#Fields:` line says which column is which, values are
 *   URL-encoded and separated by tabs. Source: CloudFront developer guide, "Standard logging reference"
 * @throws UnreadableAccessLog
 */
export async function* readViewings(file: Readable): AsyncGenerator<Viewing> {
  let columns: Map<string, number> | undefined
  for await (const line of linesOf(file)) {
    if (line.startsWith(FIELDS_DIRECTIVE)) columns = readColumns(line)
    if (line === '' || line.startsWith('#')) continue
    if (!columns) throw new UnreadableAccessLog(`expected a line ${FIELDS_DIRECTIVE} first, got none.`)
    const viewing = readLine(line.split('\t'), columns)
    if (viewing) yield viewing
  }
  if (!columns) throw new UnreadableAccessLog(`expected a line ${FIELDS_DIRECTIVE}, got none.`)
}

/** The lines of a gzipped text, without their ends. */
async function* linesOf(file: Readable): AsyncGenerator<string> {
  const text = file.pipe(createGunzip()).setEncoding('utf8')
  file.once('error', (error) => text.destroy(error))
  let begun = ''
  try {
    for await (const chunk of text) {
      const lines = (begun + String(chunk)).split(/\r?\n/)
      begun = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    throw new UnreadableAccessLog(`expected a whole gzip file: ${String(error)}`, { cause: error })
  } finally {
    file.destroy()
  }
  yield begun
}

function readColumns(line: string): Map<string, number> {
  const names = line.slice(FIELDS_DIRECTIVE.length).trim().split(/\s+/)
  const columns = new Map(names.map((name, index) => [name, index]))
  const missing = COLUMNS.filter((name) => !columns.has(name))
  if (missing.length > 0) {
    throw new UnreadableAccessLog(`expected the fields ${missing.join(', ')}, got ${names.join(' ')}.`)
  }
  return columns
}

function readLine(values: string[], columns: Map<string, number>): Viewing | undefined {
  const value = (name: string): string => {
    const index = columns.get(name)
    return index === undefined ? NOTHING : values[index] ?? ''
  }
  if (value('cs-method') !== 'GET' || !SHOWN_STATUSES.includes(value('sc-status'))) return undefined
  if (![NOTHING, '0'].includes(value(RANGE_START))) return undefined
  const mediaKey = mediaKeyOf(value('cs-uri-stem'))
  if (mediaKey === undefined) return undefined
  const [date, time] = [value('date'), value('time')]
  if (!DATE.test(date) || !TIME.test(time)) {
    throw new UnreadableAccessLog(`expected date and time, got "${date}" and "${time}".`)
  }
  return { mediaKey, at: `${date}T${time}Z` }
}

function mediaKeyOf(stem: string): string | undefined {
  try {
    return VARIANT_PATH.exec(decodeURIComponent(stem))?.groups?.mediaKey
  } catch {
    return undefined
  }
}
