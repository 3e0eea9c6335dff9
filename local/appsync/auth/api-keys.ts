import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../clock.ts'

const MS_PER_SECOND = 1000

/** The keys of `AWS::AppSync::ApiKey`. */
export interface ApiKeys {
  accepts(key: string): boolean
}

/**
 * @param keys `expiresEpochSeconds` undefined: the key never expires locally, as the time of its creation isn't
 * known
 */
export function createApiKeys(keys: { key: string; expiresEpochSeconds?: number }[], clock: Clock): ApiKeys {
  const known = keys.map(({ key, expiresEpochSeconds }) => ({ key: Buffer.from(key), expiresEpochSeconds }))
  return {
    accepts(key) {
      const given = Buffer.from(key)
      const match = known.find((one) => one.key.length === given.length && timingSafeEqual(one.key, given))
      if (match === undefined) return false
      return match.expiresEpochSeconds === undefined || clock.now() < match.expiresEpochSeconds * MS_PER_SECOND
    },
  }
}
