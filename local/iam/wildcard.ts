import { NotImplemented } from '../aws/errors.ts'

/** Characters with a meaning in regular expressions. `*` and `?` have theirs in IAM and are left out. */
const REGEXP_CHARACTERS = /[.+^${}()|[\]\\/]/g

/** Policy variables such as `${aws:username}`; `${*}`, `${?}` and `${$}` stand for the characters themselves. */
const POLICY_VARIABLE = /\$\{([^}]*)\}/
const LITERALS = new Set(['*', '?', '$'])

/**
 * A pattern of IAM's as a test: `*` stands for any characters, `?` for one.
 * @throws NotImplemented naming a policy variable
 */
export function compileWildcard(pattern: string, options: { ignoreCase?: boolean } = {}): (value: string) => boolean {
  const variable = POLICY_VARIABLE.exec(pattern)
  if (variable) {
    const name = variable[1] ?? ''
    throw new NotImplemented(`The policy ${LITERALS.has(name) ? 'escape' : 'variable'} \${${name}}`)
  }
  if (!/[*?]/.test(pattern)) {
    if (!options.ignoreCase) return (value) => value === pattern
    const lower = pattern.toLowerCase()
    return (value) => value.toLowerCase() === lower
  }
  if (pattern === '*') return () => true
  const source = pattern.replace(REGEXP_CHARACTERS, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, options.ignoreCase ? 'is' : 's')
  return (value) => expression.test(value)
}

/** Parts of an ARN before the resource, which may hold colons of its own. */
const ARN_PARTS = 6

/** As `ArnLike` compares: each of the six parts on its own; a `*` never reaches across a colon but in the last. */
export function compileArnPattern(pattern: string): (value: string) => boolean {
  const parts = arnParts(pattern).map((part) => compileWildcard(part))
  return (value) => {
    const given = arnParts(value)
    return given.length === parts.length && parts.every((matches, index) => matches(given[index] ?? ''))
  }
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length <= ARN_PARTS ? parts : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')]
}
