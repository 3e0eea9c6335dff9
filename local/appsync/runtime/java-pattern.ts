import { NotImplemented } from '../../aws/errors.ts'
import { RuntimeFault } from './signals.ts'

/** POSIX and Java classes that JavaScript has no name for. Source: java.util.regex.Pattern. */
const CLASSES: Record<string, string> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`{-~',
  Blank: ' \\t',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
  Cntrl: '\\x00-\\x1F\\x7F',
  Graph: '!-~',
  Print: ' -~',
}

/** Java's possessive quantifiers, `x*+`, `x++`, `x?+` and `x{n}+`, and its atomic groups. */
const POSSESSIVE_OR_ATOMIC = /[*+?}]\+|\(\?>/

/** True when the pattern holds what JavaScript's regular expressions can't say. */
function exceedsJavaScript(pattern: string): boolean {
  const unquoted = pattern.replace(/\\Q[\s\S]*?(?:\\E|$)|\\[pP]\{\w+\}|\\[\s\S]/g, 'x')
  return unquoted.includes('&&') || POSSESSIVE_OR_ATOMIC.test(unquoted.replace(/\[[^\]]*\]/g, 'x'))
}

/** Flags at the start, as in `(?im)`. */
const LEADING_FLAGS = /^\(\?([a-z]+)\)/

const FLAGS: Record<string, string> = { i: 'i', m: 'm', s: 's', u: '' }

const escapeLiteral = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

/** Rewrites the escapes that the two languages spell differently. */
function translateEscapes(pattern: string): string {
  let inSet = false
  return pattern.replace(/\\Q([\s\S]*?)(?:\\E|$)|\\p\{(\w+)\}|\\([\s\S])|[[\]]/g, (whole, quoted, name, escaped) => {
    if (quoted !== undefined) return escapeLiteral(String(quoted))
    if (name !== undefined) {
      const members = CLASSES[String(name)]
      if (members === undefined) return whole
      return inSet ? members : `[${members}]`
    }
    if (escaped === 'A') return '(?<![\\s\\S])'
    if (escaped === 'z') return '(?![\\s\\S])'
    if (escaped === 'Z') return '(?=\\n?(?![\\s\\S]))'
    if (escaped !== undefined) return whole
    inSet = whole === '['
    return whole
  })
}

const compiled = new Map<string, RegExp>()

/** How many patterns are kept compiled before the store starts anew: patterns made of data must not fill the memory. */
const MAX_KEPT_PATTERNS = 500

/**
 * A Java regular expression as JavaScript's.
 * @param flags JavaScript's own, e.g. `g`
 * @throws NotImplemented for possessive quantifiers, atomic groups and intersections, which JavaScript lacks
 * @throws RuntimeFault when the pattern is malformed
 */
export function javaPattern(pattern: string, flags = ''): RegExp {
  const key = `${flags}/${pattern}`
  const known = compiled.get(key)
  if (known) {
    known.lastIndex = 0
    return known
  }
  if (exceedsJavaScript(pattern)) throw new NotImplemented(`the Java regular expression ${pattern}`)
  const leading = LEADING_FLAGS.exec(pattern)?.[1] ?? ''
  const own = [...leading].map((flag) => {
    const translated = FLAGS[flag]
    if (translated === undefined) throw new NotImplemented(`the flag ${flag} of the Java regular expression ${pattern}`)
    return translated
  })
  const source = translateEscapes(leading ? pattern.replace(LEADING_FLAGS, '') : pattern)
  const unicode = source.includes('\\p{') ? 'u' : ''
  let expression: RegExp
  try {
    expression = new RegExp(source, [...new Set([...own.join(''), ...flags, ...unicode])].join(''))
  } catch (error) {
    throw new RuntimeFault(`expected a Java regular expression, got ${pattern}: ${(error as Error).message}`)
  }
  if (compiled.size >= MAX_KEPT_PATTERNS) compiled.clear()
  compiled.set(key, expression)
  return expression
}

/** True when the whole text matches, as Java's `Pattern.matches` has it. */
export function matchesWhole(pattern: string, text: string): boolean {
  const flags = LEADING_FLAGS.exec(pattern)?.[0] ?? ''
  return javaPattern(`${flags}\\A(?:${pattern.slice(flags.length)})\\z`).test(text)
}
