import { randomBytes, randomUUID } from 'node:crypto'
import { current } from '../current.ts'

/** Crockford's base 32, as ULIDs are written. Source: github.com/ulid/spec. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ULID_LENGTH = 26
const ULID_RANDOM_BYTES = 10
const BITS_PER_ULID_CHARACTER = 5n

/** Base 62, as KSUIDs are written. Source: github.com/segmentio/ksuid. */
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const KSUID_LENGTH = 27
const KSUID_RANDOM_BYTES = 16
/** KSUIDs count seconds from 2014-05-13T16:53:20Z. */
const KSUID_EPOCH_SECONDS = 1_400_000_000

const BITS_PER_BYTE = 8n
const MS_PER_SECOND = 1_000

/** A random UUID (version 4). */
export const autoId = (): string => randomUUID()

function encode(value: bigint, alphabet: string, length: number): string {
  const base = BigInt(alphabet.length)
  let rest = value
  let text = ''
  for (let at = 0; at < length; at += 1) {
    text = alphabet.charAt(Number(rest % base)) + text
    rest /= base
  }
  return text
}

/** A number followed by as many random bytes. */
function withRandom(prefix: number, bytes: number): bigint {
  return (BigInt(prefix) << (BigInt(bytes) * BITS_PER_BYTE)) | BigInt(`0x${randomBytes(bytes).toString('hex')}`)
}

/** A ULID: 48 bits of milliseconds, 80 random ones; 26 characters that sort by time. */
export function autoUlid(): string {
  const value = withRandom(current().clock.now(), ULID_RANDOM_BYTES)
  return encode(value & ((1n << (BITS_PER_ULID_CHARACTER * BigInt(ULID_LENGTH))) - 1n), CROCKFORD, ULID_LENGTH)
}

/** A KSUID: 32 bits of seconds, 128 random ones; 27 characters that sort by time. */
export function autoKsuid(): string {
  const seconds = Math.floor(current().clock.now() / MS_PER_SECOND) - KSUID_EPOCH_SECONDS
  return encode(withRandom(seconds, KSUID_RANDOM_BYTES), BASE62, KSUID_LENGTH)
}
