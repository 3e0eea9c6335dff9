import type { JWK } from 'jose'
import type { UserPool } from './user-pool.ts'

export interface WellKnownAnswer {
  status: number
  /** JSON. */
  body: Record<string, unknown>
}

const PATH = /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/

export function jwksOf(pool: UserPool): { keys: JWK[] } {
  return { keys: [pool.keys.id.publicJwk, pool.keys.access.publicJwk] }
}

/**
 * What a pool publishes about itself.
 * @param url path, with or without origin and query
 * @param endpoint where this service is reached; `jwks_uri` points to it, the issuer stays AWS's
 * @returns undefined when the path is none of these documents
 */
export function wellKnown(
  pools: ReadonlyMap<string, UserPool>,
  url: string,
  endpoint: string,
): WellKnownAnswer | undefined {
  const [, poolId, document] = PATH.exec(new URL(url, endpoint).pathname) ?? []
  if (!poolId) return undefined
  const pool = pools.get(poolId)
  if (!pool) return { status: 400, body: { message: `User pool ${poolId} does not exist.` } }
  if (document === 'jwks.json') return { status: 200, body: jwksOf(pool) }
  return {
    status: 200,
    body: {
      issuer: pool.issuer,
      jwks_uri: `${endpoint}/${poolId}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
    },
  }
}
