import { CognitoJwtVerifier } from 'aws-jwt-verify'
import { JwksNotAvailableInCacheError, JwtBaseError, JwtParseError, KidNotFoundInJwksError } from 'aws-jwt-verify/error'
import type { Jwks } from 'aws-jwt-verify/jwk'
import type { Clock } from '../../clock.ts'
import { RequestRefused } from '../errors.ts'
import { UNAUTHORIZED } from './status.ts'
import type { UserPoolIdentity } from './identity.ts'

const MS_PER_SECOND = 1000
/** aws-jwt-verify reads the system's clock; this much grace leaves `exp` and `nbf` to the injected one. */
const ALL_GRACE_SECONDS = Number.MAX_SAFE_INTEGER

/** Checks tokens of one user pool, id and access tokens alike, as AppSync does. */
export interface UserPoolVerifier {
  /** @throws RequestRefused 401 UnauthorizedException */
  verify(token: string, sourceIp: string): UserPoolIdentity
}

export interface UserPoolConfig {
  userPoolId: string
  defaultAction: 'ALLOW' | 'DENY'
  /** Matches the whole of `aud` (id token) or `client_id` (access token). Left out: any client of the pool. */
  appIdClientRegex?: string
}

export function createUserPoolVerifier(
  config: UserPoolConfig,
  jwks: () => { keys: unknown[] },
  clock: Clock,
): UserPoolVerifier {
  const verifier = CognitoJwtVerifier.create({
    userPoolId: config.userPoolId,
    tokenUse: null,
    clientId: null,
    graceSeconds: ALL_GRACE_SECONDS,
  })
  const client = config.appIdClientRegex === undefined ? undefined : new RegExp(`^(?:${config.appIdClientRegex})$`)
  const read = (token: string): Record<string, unknown> => {
    try {
      return verifier.verifySync(token)
    } catch (error) {
      // A key the verifier hasn't seen: the pool's keys are read again, once.
      if (!(error instanceof KidNotFoundInJwksError || error instanceof JwksNotAvailableInCacheError)) throw error
      verifier.cacheJwks(jwks() as Jwks)
      return verifier.verifySync(token)
    }
  }
  return {
    verify(token, sourceIp) {
      let claims: Record<string, unknown>
      try {
        claims = read(token)
      } catch (error) {
        throw refusal(error)
      }
      const nowSeconds = clock.now() / MS_PER_SECOND
      if (typeof claims.exp !== 'number' || nowSeconds > claims.exp) throw refused('Token has expired.')
      if (typeof claims.nbf === 'number' && nowSeconds < claims.nbf) throw refused('Token is not yet valid.')
      const clientId = claims.token_use === 'access' ? claims.client_id : claims.aud
      if (client && !client.test(String(clientId))) throw refused('Invalid client id.')
      return identityOf(claims, config.defaultAction, sourceIp)
    },
  }
}

function identityOf(claims: Record<string, unknown>, defaultAction: string, sourceIp: string): UserPoolIdentity {
  const groups = claims['cognito:groups']
  const sub = String(claims.sub)
  return {
    sub,
    issuer: String(claims.iss),
    username: String(claims['cognito:username'] ?? claims.username ?? sub),
    claims,
    sourceIp: [sourceIp],
    defaultAuthStrategy: defaultAction,
    groups: Array.isArray(groups) ? groups.map(String) : null,
  }
}

const refused = (message: string) => new RequestRefused(UNAUTHORIZED, 'UnauthorizedException', message)

function refusal(error: unknown): Error {
  if (error instanceof JwtParseError) return refused('Unable to parse JWT token.')
  if (error instanceof JwtBaseError) return refused('You are not authorized to make this call.')
  return error instanceof Error ? error : new Error(String(error))
}
