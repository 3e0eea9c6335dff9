import { NotImplemented } from '../../../aws/errors.ts'
import { RuntimeFault } from '../signals.ts'
import { instantOf, offsetMinutes, shownAt } from './time-zone.ts'

/** A run of one pattern letter, or literal text. */
type Token = { letter: string; width: number } | { literal: string }

const MINUTES_PER_HOUR = 60
const HOURS_PER_HALF_DAY = 12
const MS_DIGITS = 3
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const ABBREVIATION_LENGTH = 3
/** Pattern letters whose runs of three and four are names: `MMM` Jan, `MMMM` January. */
const SHORT_NAME_WIDTH = 3
const TWO_DIGIT_YEAR_BASE = 2000

/** Splits a pattern of java.time's DateTimeFormatter; text in single quotes is literal, `''` is a quote. */
function tokenize(pattern: string): Token[] {
  const tokens: Token[] = []
  for (const match of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g)) {
    const [text, quoted, letter] = match
    if (quoted !== undefined) tokens.push({ literal: quoted === '' ? "'" : quoted.replaceAll("''", "'") })
    else if (letter !== undefined) tokens.push({ letter, width: text.length })
    else if (/[[\]{}#]/.test(text)) throw new NotImplemented(`the date pattern ${pattern} (optional sections)`)
    else tokens.push({ literal: text })
  }
  return tokens
}

const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** `+0800`, or with a separator `+08:00`; `zero` stands for no offset where the letter has one. */
function formatOffset(minutes: number, separator: string, zero?: string): string {
  if (minutes === 0 && zero !== undefined) return zero
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / MINUTES_PER_HOUR), 2)}${separator}${pad(
    size % MINUTES_PER_HOUR,
    2
  )}`
}

/** The offset's letters: `Z` RFC 822; `X` ISO with Z for zero, `x` without. */
function formatOffsetLetter(letter: string, width: number, minutes: number): string | undefined {
  if (letter === 'Z')
    return width <= 3 ? formatOffset(minutes, '') : width === 5 ? formatOffset(minutes, ':', 'Z') : undefined
  if (letter !== 'X' && letter !== 'x') return undefined
  const zero = letter === 'X' ? 'Z' : undefined
  if (width === 1)
    return minutes % MINUTES_PER_HOUR === 0
      ? formatOffset(minutes, '', zero).slice(0, 3)
      : formatOffset(minutes, '', zero)
  return formatOffset(minutes, width === 2 || width === 4 ? '' : ':', zero)
}

function nameOrNumber(names: readonly string[], index: number, width: number, number: number): string {
  const name = names[index] ?? ''
  if (width < SHORT_NAME_WIDTH) return pad(number, width)
  return width === SHORT_NAME_WIDTH ? name.slice(0, ABBREVIATION_LENGTH) : name
}

const unknownLetter = (letter: string, width: number, pattern: string) =>
  new NotImplemented(`the date pattern ${pattern} (${letter.repeat(width)})`)

/**
 * A time as a pattern of java.time's DateTimeFormatter writes it, in English.
 * @throws NotImplemented for letters beyond y u M d E a H h K k m s S Z X x V and quotes
 */
export function formatTime(epochMilliseconds: number, pattern: string, zone: string): string {
  const shown = new Date(shownAt(epochMilliseconds, zone))
  const hour = shown.getUTCHours()
  const writers: Record<string, (width: number) => string | undefined> = {
    y: (width) => (width === 2 ? pad(shown.getUTCFullYear() % 100, 2) : pad(shown.getUTCFullYear(), width)),
    u: (width) => (width === 2 ? pad(shown.getUTCFullYear() % 100, 2) : pad(shown.getUTCFullYear(), width)),
    M: (width) => nameOrNumber(MONTHS, shown.getUTCMonth(), width, shown.getUTCMonth() + 1),
    d: (width) => pad(shown.getUTCDate(), width),
    E: (width) => nameOrNumber(DAYS, shown.getUTCDay(), Math.max(width, SHORT_NAME_WIDTH), 0),
    a: () => (hour < HOURS_PER_HALF_DAY ? 'AM' : 'PM'),
    H: (width) => pad(hour, width),
    k: (width) => pad(hour || 2 * HOURS_PER_HALF_DAY, width),
    K: (width) => pad(hour % HOURS_PER_HALF_DAY, width),
    h: (width) => pad(hour % HOURS_PER_HALF_DAY || HOURS_PER_HALF_DAY, width),
    m: (width) => pad(shown.getUTCMinutes(), width),
    s: (width) => pad(shown.getUTCSeconds(), width),
    S: (width) => pad(shown.getUTCMilliseconds(), MS_DIGITS).padEnd(width, '0').slice(0, width),
    V: (width) => (width === 2 ? zone : undefined),
  }
  const minutes = offsetMinutes(zone, epochMilliseconds)
  return tokenize(pattern)
    .map((token) => {
      if ('literal' in token) return token.literal
      const { letter, width } = token
      const text = writers[letter]?.(width) ?? formatOffsetLetter(letter, width, minutes)
      if (text === undefined) throw unknownLetter(letter, width, pattern)
      return text
    })
    .join('')
}

/** The regular expression that reads what a letter writes. */
function readerOf(letter: string, width: number, pattern: string): string {
  const digits = width === 1 ? '\\d+' : `\\d{${width}}`
  if ('dHkKhms'.includes(letter)) return digits
  if (letter === 'y' || letter === 'u') return width === 2 ? '\\d{2}' : '\\d{4}'
  if (letter === 'M') return width < SHORT_NAME_WIDTH ? digits : '[A-Za-z]+'
  if (letter === 'E') return '[A-Za-z]+'
  if (letter === 'a') return '[AaPp][Mm]'
  if (letter === 'S') return `\\d{${width}}`
  if (letter === 'Z' || letter === 'X' || letter === 'x') return 'Z|[+-]\\d{2}(?::?\\d{2})?'
  if (letter === 'V' && width === 2) return '[A-Za-z0-9_/+:-]+'
  throw unknownLetter(letter, width, pattern)
}

/** The hour of the day, by whichever letter gave it. */
function hourOf(read: Record<string, string>): number {
  if (read.H !== undefined) return Number(read.H)
  if (read.k !== undefined) return Number(read.k) % (2 * HOURS_PER_HALF_DAY)
  const half = Number(read.h ?? read.K ?? 0) % HOURS_PER_HALF_DAY
  return half + (read.a?.toUpperCase() === 'PM' ? HOURS_PER_HALF_DAY : 0)
}

function monthIndexOf(text: string | undefined): number {
  if (text === undefined) return 0
  if (/^\d+$/.test(text)) return Number(text) - 1
  return MONTHS.findIndex(
    (name) => name.slice(0, ABBREVIATION_LENGTH).toLowerCase() === text.slice(0, ABBREVIATION_LENGTH).toLowerCase()
  )
}

/**
 * Reads a time that was written by a pattern.
 * @param zone where the pattern has no offset or zone of its own
 * @returns epoch milliseconds
 * @throws RuntimeFault when the text does not fit the pattern, or there is no such day or time
 */
export function parseTime(text: string, pattern: string, zone: string): number {
  const letters: string[] = []
  const source = tokenize(pattern).map((token) => {
    if ('literal' in token) return token.literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    letters.push(token.letter)
    return `(${readerOf(token.letter, token.width, pattern)})`
  })
  const match = new RegExp(`^${source.join('')}$`).exec(text)
  if (!match) throw new RuntimeFault(`expected a time written as ${pattern}, got ${text}`)
  const read: Record<string, string> = {}
  letters.forEach((letter, index) => (read[letter] = match[index + 1] ?? ''))
  const written = read.y ?? read.u ?? '1970'
  const year = written.length === 2 ? TWO_DIGIT_YEAR_BASE + Number(written) : Number(written)
  const milliseconds = Number((read.S ?? '').padEnd(MS_DIGITS, '0').slice(0, MS_DIGITS))
  const parts = [
    year,
    monthIndexOf(read.M),
    Number(read.d ?? 1),
    hourOf(read),
    Number(read.m ?? 0),
    Number(read.s ?? 0),
  ] as const
  const shown = Date.UTC(...parts, milliseconds)
  const found = new Date(shown)
  const back = [
    found.getUTCFullYear(),
    found.getUTCMonth(),
    found.getUTCDate(),
    found.getUTCHours(),
    found.getUTCMinutes(),
    found.getUTCSeconds(),
  ]
  if (back.some((part, index) => part !== parts[index]))
    throw new RuntimeFault(`expected a day and time that exist, got ${text}`)
  return instantOf(shown, read.Z ?? read.X ?? read.x ?? read.V ?? zone)
}
