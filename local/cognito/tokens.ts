import { randomUUID } from 'node:crypto'
import { decodeJwt, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import { BOOLEAN_ATTRIBUTES } from './attributes.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import type { Login } from './logins.ts'
import { ALGORITHM, type TokenUse } from './signing-keys.ts'
import type { UserPool } from './user-pool.ts'
import type { User } from './users.ts'

/** The scope of tokens that the API itself hands out; its own operations ask for it. */
const API_SCOPE = 'aws.cognito.signin.user.admin'
const MS = 1_000

/** What InitiateAuth and its kin answer as AuthenticationResult. */
export interface AuthenticationResult extends Record<string, unknown> {
  AccessToken: string
  IdToken: string
  RefreshToken?: string
  ExpiresIn: number
  TokenType: 'Bearer'
}

/** Attributes as claims of the ID token: those that the client may read, with Cognito's booleans. */
function attributeClaims(user: User, client: ClientSettings): JWTPayload {
  const claims: JWTPayload = {}
  for (const [name, value] of Object.entries(user.attributes)) {
    if (name === 'sub' || client.readAttributes?.has(name) === false) continue
    claims[name] = BOOLEAN_ATTRIBUTES.has(name) ? value === 'true' : value
  }
  return claims
}

function sign(pool: UserPool, use: TokenUse, claims: JWTPayload): Promise<string> {
  const { kid, privateKey } = pool.keys[use]
  return new SignJWT(claims).setProtectedHeader({ kid, alg: ALGORITHM }).sign(privateKey)
}

/** Access and ID token of a sign-in. */
export async function issueTokens(
  pool: UserPool,
  client: ClientSettings,
  user: User,
  login: Login,
): Promise<AuthenticationResult> {
  const iat = Math.floor(pool.nowMs / MS)
  const groups = sortedGroups(pool, user)
  const shared = {
    sub: user.attributes.sub,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: pool.issuer,
    ...(client.revocationEnabled && { origin_jti: login.originJti }),
    event_id: login.eventId,
    auth_time: login.authTimeS,
    iat,
  }
  const [AccessToken, IdToken] = await Promise.all([
    sign(pool, 'access', {
      ...shared,
      client_id: client.id,
      token_use: 'access',
      scope: API_SCOPE,
      exp: iat + client.accessValidityS,
      jti: randomUUID(),
      username: user.username,
    }),
    sign(pool, 'id', {
      ...attributeClaims(user, client),
      ...shared,
      aud: client.id,
      token_use: 'id',
      exp: iat + client.idValidityS,
      ...(client.revocationEnabled && { jti: randomUUID() }),
      'cognito:username': user.username,
    }),
  ])
  return { AccessToken, IdToken, ExpiresIn: client.accessValidityS, TokenType: 'Bearer' }
}

/** Groups in the order of their precedence. */
function sortedGroups(pool: UserPool, user: User): string[] {
  const rank = (name: string) => pool.groups.get(name)?.precedence ?? Number.MAX_SAFE_INTEGER
  return [...user.groups].sort((left, right) => rank(left) - rank(right))
}

/** The pool that an access token says it is of, unverified; undefined when it is no token. */
export function claimedPoolId(accessToken: string): string | undefined {
  try {
    return decodeJwt(accessToken).iss?.split('/').at(-1)
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return undefined
    throw error
  }
}

/**
 * The user and the sign-in behind an access token.
 * @throws AwsError NotAuthorizedException when it is forged, no access token, expired or revoked; UserNotFoundException
 */
export async function verifyAccessToken(
  pool: UserPool,
  accessToken: string,
): Promise<{ user: User; login: Login; client: ClientSettings }> {
  const claims = await verifiedClaims(pool, accessToken)
  if (claims.token_use !== 'access') throw refusal.invalidAccessToken()
  if (!String(claims.scope).split(' ').includes(API_SCOPE)) throw refusal.missingScope()
  const user = pool.state.users.find((candidate) => candidate.attributes.sub === claims.sub)
  if (!user) throw refusal.unknownUser()
  if (!user.enabled) throw refusal.disabledUser()
  const login = pool.state.logins.find((candidate) => candidate.eventId === claims.event_id)
  if (!login || login.revoked) throw refusal.revokedAccessToken()
  const client = pool.clients.get(login.clientId)
  if (!client) throw refusal.unknownClient(login.clientId)
  return { user, login, client }
}

async function verifiedClaims(pool: UserPool, accessToken: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(accessToken, pool.keys.access.publicKey, {
      issuer: pool.issuer,
      algorithms: [ALGORITHM],
      currentDate: new Date(pool.nowMs),
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw refusal.expiredAccessToken()
    if (error instanceof errors.JOSEError) throw refusal.invalidAccessToken()
    throw error
  }
}
