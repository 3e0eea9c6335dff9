import { describe, expect, it } from 'vitest'
import {
  isPublicValue,
  newServerExponent,
  newVerifier,
  passwordClaimSignature,
  verifierOf,
} from '../../../local/cognito/srp.ts'
import { srpClient } from './srp-client.ts'

/** Rounds after which a number with a leading zero bit, nibble or byte has come by in every place. */
const ROUNDS = 12

describe("the server's half of SRP-6a", () => {
  it('agrees with the client, whatever the leading bits of the numbers are', () => {
    for (let round = 0; round < ROUNDS; round++) {
      const client = srpClient('AbCdEf123')
      const password = newVerifier('AbCdEf123', 'ada', 'secret')
      const server = newServerExponent(password.verifier)
      const secretBlock = Buffer.from(`block ${round}`).toString('base64')
      const answer = client.answer(
        { SALT: password.salt, SRP_B: server.publicValue, SECRET_BLOCK: secretBlock, USER_ID_FOR_SRP: 'ada' },
        'secret',
      )
      expect(
        passwordClaimSignature({
          poolName: 'AbCdEf123',
          userId: 'ada',
          verifier: password.verifier,
          server,
          secretBlock,
          clientPublicValue: client.publicValue,
          timestamp: answer.TIMESTAMP,
        }),
      ).toBe(answer.PASSWORD_CLAIM_SIGNATURE)
    }
  })

  it('makes the same verifier of the same salt, and another of any other part', () => {
    const first = verifierOf('AbCdEf123', 'ada', 'secret', '00ff')
    expect(verifierOf('AbCdEf123', 'ada', 'secret', '00ff')).toEqual(first)
    for (const other of [
      verifierOf('AbCdEf124', 'ada', 'secret', '00ff'),
      verifierOf('AbCdEf123', 'bob', 'secret', '00ff'),
      verifierOf('AbCdEf123', 'ada', 'Secret', '00ff'),
      verifierOf('AbCdEf123', 'ada', 'secret', '01ff'),
    ])
      expect(other.verifier).not.toBe(first.verifier)
  })

  it.each(['0', '00', 'xyz', ''])('takes %j for no public value', (hex) => {
    expect(isPublicValue(hex)).toBe(false)
  })
})
