import { createHash } from 'node:crypto'

export const LOWER_ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789'
export const UPPER_ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Length of the random part that CloudFormation puts at the end of a name, in characters. */
const NAME_SUFFIX_LENGTH = 12

/**
 * Characters that look random and are the same at every start: a hash of what they belong to.
 * @param length at most 32, one character a byte of SHA-256
 */
export function stableCharacters(seed: string, length: number, alphabet: string): string {
  const digest = createHash('sha256').update(seed).digest()
  let characters = ''
  for (const byte of digest.subarray(0, length)) characters += alphabet[byte % alphabet.length]
  return characters
}

/** A UUID made of the seed alone. */
export function stableUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/**
 * A name as CloudFormation makes one up: `<stack>-<logical id>-<random part>`, cut to the service's limit.
 * @param maxLength the service's limit, in characters
 */
export function generatedName(
  stackName: string,
  logicalId: string,
  seed: string,
  maxLength: number,
  alphabet: string = ALPHANUMERIC,
): string {
  const stem = `${stackName}-${logicalId}`.slice(0, maxLength - NAME_SUFFIX_LENGTH - 1).replace(/-+$/, '')
  return `${stem}-${stableCharacters(`${seed}/name`, NAME_SUFFIX_LENGTH, alphabet)}`
}
