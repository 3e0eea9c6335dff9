import { RuntimeFault } from '../signals.ts'

const MS_PER_MINUTE = 60_000
const MINUTES_PER_HOUR = 60

/** `+08:00`, `-0330`, `+8`, with or without GMT or UTC before it. */
const OFFSET = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?$/

/** What Intl writes for a zone at an instant: `GMT` or `GMT+08:00`. */
const LONG_OFFSET = /^GMT(?:([+-])(\d{2}):(\d{2}))?/

const minutesOf = (sign: string | undefined, hours: string | undefined, minutes: string | undefined) =>
  (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * MINUTES_PER_HOUR + Number(minutes ?? 0))

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  try {
    const formatter = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    formatters.set(zone, formatter)
    return formatter
  } catch {
    throw new RuntimeFault(`expected a time zone such as Europe/Zurich or +02:00, got ${zone}`)
  }
}

/** Minutes that the zone's clocks are ahead of UTC at an instant. */
export function offsetMinutes(zone: string, epochMilliseconds: number): number {
  if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return 0
  const fixed = OFFSET.exec(zone)
  if (fixed) return minutesOf(fixed[1], fixed[2], fixed[3])
  const name =
    formatterOf(zone)
      .formatToParts(epochMilliseconds)
      .find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = LONG_OFFSET.exec(name) ?? []
  return minutesOf(sign, hours, minutes)
}

/**
 * The instant at which the zone's clocks show a time.
 * @param shown the time as if it were UTC, in epoch milliseconds
 */
export function instantOf(shown: number, zone: string): number {
  const guess = shown - offsetMinutes(zone, shown) * MS_PER_MINUTE
  return shown - offsetMinutes(zone, guess) * MS_PER_MINUTE
}

/** What the zone's clocks show at an instant, as if it were UTC, in epoch milliseconds. */
export const shownAt = (epochMilliseconds: number, zone: string): number =>
  epochMilliseconds + offsetMinutes(zone, epochMilliseconds) * MS_PER_MINUTE
