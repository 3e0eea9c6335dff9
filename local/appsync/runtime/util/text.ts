import { matchesWhole } from '../java-pattern.ts'
import { RuntimeFault } from '../signals.ts'
import { kindOf } from '../to-json.ts'

/** The text, or a fault that says what came instead. */
export function expectString(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new RuntimeFault(`expected ${what} to be a string, got ${kindOf(value)}`)
  return value
}

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '"': '\\"',
  "'": "\\'",
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

const HEX_RADIX = 16
const UNICODE_ESCAPE_LENGTH = 4

/**
 * As Apache's `StringEscapeUtils.escapeEcmaScript`: quotes, slashes and control characters, and all beyond ASCII as
 * `\uXXXX`.
 */
export function escapeJavaScript(value: unknown): string {
  return expectString(value, 'the value of util.escapeJavaScript').replace(/[\\"'/]|[^\x20-\x7e]/g, (character) => {
    const short = ESCAPES[character]
    if (short !== undefined) return short
    return `\\u${character.charCodeAt(0).toString(HEX_RADIX).toUpperCase().padStart(UNICODE_ESCAPE_LENGTH, '0')}`
  })
}

/** As `application/x-www-form-urlencoded`: a space becomes `+`, and only letters, digits and `*-._` stay. */
export function urlEncode(value: unknown): string {
  const pair = new URLSearchParams({ '': expectString(value, 'the value of util.urlEncode') }).toString()
  return pair.slice('='.length)
}

export function urlDecode(value: unknown): string {
  const text = expectString(value, 'the value of util.urlDecode')
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new RuntimeFault(`expected a URL-encoded text, got ${text}`)
  }
}

export function base64Encode(value: unknown): string {
  return Buffer.from(expectString(value, 'the value of util.base64Encode'), 'utf8').toString('base64')
}

export function base64Decode(value: unknown): string {
  return Buffer.from(expectString(value, 'the value of util.base64Decode'), 'base64').toString('utf8')
}

/** True when the Java regular expression matches the whole value. */
export function matches(pattern: unknown, value: unknown): boolean {
  return matchesWhole(
    expectString(pattern, 'the pattern of util.matches'),
    expectString(value, 'the value of util.matches')
  )
}

const NORMAL_FORMS = new Set(['NFC', 'NFD', 'NFKC', 'NFKD'])

/** Unicode normalization; the form in either case: nfc, nfd, nfkc, nfkd. */
export function normalize(value: unknown, form: unknown): string {
  const name = expectString(form, 'the form of util.str.normalize').toUpperCase()
  if (!NORMAL_FORMS.has(name)) throw new RuntimeFault(`expected nfc, nfd, nfkc or nfkd, got ${String(form)}`)
  return expectString(value, 'the value of util.str.normalize').normalize(name)
}
