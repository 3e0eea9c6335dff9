import { current } from '../current.ts'
import { RuntimeFault } from '../signals.ts'
import { kindOf } from '../to-json.ts'
import { formatTime, parseTime } from './date-pattern.ts'
import { expectString } from './text.ts'

const MS_PER_SECOND = 1_000
const UTC = 'UTC'

/** ISO 8601 with a date and an offset; seconds and their fraction may be missing. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)$/

function expectMilliseconds(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new RuntimeFault(
    `expected epoch milliseconds as a number, got ${typeof value === 'number' ? String(value) : kindOf(value)}`
  )
}

const zoneOf = (timezone: unknown) =>
  timezone === undefined || timezone === null ? UTC : expectString(timezone, 'the time zone')

export const nowISO8601 = (): string => new Date(current().clock.now()).toISOString()

export const nowEpochSeconds = (): number => Math.floor(current().clock.now() / MS_PER_SECOND)

export const nowEpochMilliSeconds = (): number => current().clock.now()

/** Now, written by a pattern of java.time's DateTimeFormatter, in UTC unless a zone is given. */
export const nowFormatted = (pattern: unknown, timezone?: unknown): string =>
  epochMilliSecondsToFormatted(current().clock.now(), pattern, timezone)

export const parseFormattedToEpochMilliSeconds = (text: unknown, pattern: unknown, timezone?: unknown): number =>
  parseTime(expectString(text, 'the timestamp'), expectString(pattern, 'the date pattern'), zoneOf(timezone))

export function parseISO8601ToEpochMilliSeconds(text: unknown): number {
  const written = expectString(text, 'the timestamp')
  const milliseconds = ISO_8601.test(written) ? Date.parse(normalizedOffset(written)) : NaN
  if (Number.isNaN(milliseconds))
    throw new RuntimeFault(`expected an ISO 8601 time such as 2026-01-31T12:00:00.000Z, got ${written}`)
  return milliseconds
}

/** JavaScript reads offsets as `+08:00` only. */
const normalizedOffset = (text: string) =>
  text.replace(/([+-]\d{2})(?::?(\d{2}))?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`)

export const epochMilliSecondsToSeconds = (milliseconds: unknown): number =>
  Math.floor(expectMilliseconds(milliseconds) / MS_PER_SECOND)

export const epochMilliSecondsToISO8601 = (milliseconds: unknown): string =>
  new Date(expectMilliseconds(milliseconds)).toISOString()

export function epochMilliSecondsToFormatted(milliseconds: unknown, pattern: unknown, timezone?: unknown): string {
  return formatTime(expectMilliseconds(milliseconds), expectString(pattern, 'the date pattern'), zoneOf(timezone))
}
