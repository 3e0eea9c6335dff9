import { isIP, isIPv4 } from 'node:net'

/** How one of AppSync's scalars reads and writes values. Each function answers undefined for what it refuses. */
export interface ScalarCodec {
  /** A JSON value from a variable or a literal -> what resolvers see. */
  parse(value: unknown): unknown
  /** What a resolver returned -> what the client gets. */
  serialize(value: unknown): unknown
}

const DATE = /^(-?\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/
const OFFSET = /(?:Z|[+-]\d{2}:\d{2}(?::\d{2})?)$/
const OFFSET_PARTS = /^[+-](\d{2}):(\d{2})(?::(\d{2}))?$/
const EMAIL =
  /^[^\s@<>(),;:\\"[\]]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/
const PHONE = /^\+?[\d][\d\s-]*$/
const URL_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/
const MAX_HOUR = 23
const MAX_MINUTE = 59
/** Largest offset from UTC, in hours. Source: ISO 8601 as java.time reads it. */
const MAX_OFFSET_HOURS = 18
/** Digits of a phone number. Source: E.164. */
const MIN_PHONE_DIGITS = 7
const MAX_PHONE_DIGITS = 15
const IPV4_BITS = 32
const IPV6_BITS = 128

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

function isTime(text: string): boolean {
  const [, hour, minute, second = '0'] = TIME.exec(text) ?? []
  if (hour === undefined || minute === undefined) return false
  return Number(hour) <= MAX_HOUR && Number(minute) <= MAX_MINUTE && Number(second) <= MAX_MINUTE
}

function isOffset(text: string): boolean {
  if (text === 'Z') return true
  const [, hours, minutes, seconds = '0'] = OFFSET_PARTS.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return false
  return Number(hours) <= MAX_OFFSET_HOURS && Number(minutes) <= MAX_MINUTE && Number(seconds) <= MAX_MINUTE
}

/** Splits the offset off the end; a plain date's own dashes are not mistaken for one, as an offset holds a colon. */
function splitOffset(text: string): { local: string; offset: string | undefined } {
  const offset = OFFSET.exec(text)?.[0]
  return offset === undefined ? { local: text, offset } : { local: text.slice(0, -offset.length), offset }
}

function isDateTime(text: string): boolean {
  const at = text.indexOf('T')
  if (at < 0) return false
  const { local, offset } = splitOffset(text.slice(at + 1))
  return offset !== undefined && isOffset(offset) && isDate(text.slice(0, at)) && isTime(local)
}

function withOptionalOffset(test: (local: string) => boolean): (text: string) => boolean {
  return (text) => {
    const { local, offset } = splitOffset(text)
    return test(local) && (offset === undefined || isOffset(offset))
  }
}

function isUrl(text: string): boolean {
  return URL_SCHEME.test(text) && !/\s/.test(text) && URL.canParse(text)
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return PHONE.test(text) && digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS
}

function isIpAddress(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  if (isIP(address) === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv4(address) ? IPV4_BITS : IPV6_BITS)
}

function textScalar(test: (text: string) => boolean): ScalarCodec {
  const check = (value: unknown) => (typeof value === 'string' && test(value) ? value : undefined)
  return { parse: check, serialize: check }
}

const seconds = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined)

const json: ScalarCodec = {
  parse(value) {
    if (typeof value !== 'string') return undefined
    try {
      return JSON.parse(value) as unknown
    } catch {
      return undefined
    }
  },
  // A string that is JSON already goes out as it stands: stored AWSJSON would otherwise be quoted once more at every
  // read.
  serialize: (value) => (typeof value === 'string' && json.parse(value) !== undefined ? value : JSON.stringify(value)),
}

/** Every scalar that AppSync adds to GraphQL's own. Source: developer guide, "AWS AppSync scalars". */
export const AWS_SCALARS = {
  AWSDate: textScalar(withOptionalOffset(isDate)),
  AWSTime: textScalar(withOptionalOffset(isTime)),
  AWSDateTime: textScalar(isDateTime),
  AWSTimestamp: { parse: seconds, serialize: seconds },
  AWSEmail: textScalar((text) => EMAIL.test(text)),
  AWSJSON: json,
  AWSURL: textScalar(isUrl),
  AWSPhone: textScalar(isPhone),
  AWSIPAddress: textScalar(isIpAddress),
} satisfies Record<string, ScalarCodec>
