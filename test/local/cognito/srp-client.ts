import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from 'node:crypto'
import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider'

/** The client's half of Cognito's SRP, written from RFC 5054 for these tests: a second opinion on the server's. */
const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`)
const g = 2n

function power(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n
  const half = power((base * base) % N, exponent / 2n)
  return exponent % 2n ? (half * base) % N : half
}

const bytes = (value: bigint) => {
  const hex = value.toString(16)
  return Buffer.concat([Buffer.from([0]), Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')])
}
/** Java's two's complement: one leading zero byte only in front of a set bit. */
const signed = (value: bigint) => (bytes(value)[1]! & 0x80 ? bytes(value) : bytes(value).subarray(1))
const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const number = (digest: Buffer) => BigInt(`0x${digest.toString('hex')}`)

export function srpClient(poolName: string) {
  const a = number(randomBytes(32))
  const A = power(g, a)
  return {
    publicValue: A.toString(16),
    /** @returns ChallengeResponses for PASSWORD_VERIFIER */
    answer(challenge: Record<string, string>, password: string, timestamp = 'Fri Nov 6 10:45:02 UTC 2026') {
      const { SALT = '', SECRET_BLOCK = '', SRP_B = '', USER_ID_FOR_SRP = '' } = challenge
      const B = BigInt(`0x${SRP_B}`)
      const u = number(sha256(signed(A), signed(B)))
      const k = number(sha256(signed(N), signed(g)))
      const x = number(sha256(signed(BigInt(`0x${SALT}`)), sha256(`${poolName}${USER_ID_FOR_SRP}:${password}`)))
      const base = (((B - k * power(g, x)) % N) + N) % N
      const S = power(base, a + u * x)
      const key = Buffer.from(hkdfSync('sha256', signed(S), signed(u), 'Caldera Derived Key', 16))
      const claim = Buffer.concat([
        Buffer.from(poolName + USER_ID_FOR_SRP),
        Buffer.from(SECRET_BLOCK, 'base64'),
        Buffer.from(timestamp),
      ])
      return {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: createHmac('sha256', key).update(claim).digest('base64'),
        TIMESTAMP: timestamp,
      }
    },
  }
}

export const PASSWORD_VERIFIER = 'PASSWORD_VERIFIER' satisfies ChallengeNameType
