import { NotImplemented } from '../aws/errors.ts'
import type { ClientSettings } from './client-settings.ts'
import { answerChallenge } from './auth-challenges.ts'
import { refusal } from './errors.ts'
import { optionalString, ownEntry, requiredParameter, requiredString, stringMap, type Input } from './input.ts'
import { findLogin, rotate } from './logins.ts'
import { signInWithPassword, startChoice, startSrp, type AuthAnswer, type Parameters } from './sign-in.ts'
import { issueTokens } from './tokens.ts'
import { sameText, type UserPool } from './user-pool.ts'

type Flow = (pool: UserPool, client: ClientSettings, parameters: Parameters) => AuthAnswer | Promise<AuthAnswer>

/** Flows by name, with what a client must allow for it. */
const FLOWS: Record<string, { needs: string; run: Flow }> = {
  USER_SRP_AUTH: { needs: 'ALLOW_USER_SRP_AUTH', run: startSrp },
  USER_PASSWORD_AUTH: { needs: 'ALLOW_USER_PASSWORD_AUTH', run: signInWithPassword },
  USER_AUTH: { needs: 'ALLOW_USER_AUTH', run: startChoice },
  REFRESH_TOKEN_AUTH: { needs: 'ALLOW_REFRESH_TOKEN_AUTH', run: refreshByFlow },
  REFRESH_TOKEN: { needs: 'ALLOW_REFRESH_TOKEN_AUTH', run: refreshByFlow },
}

/** Flows that only an administrator's call may start. */
const ADMIN_FLOWS: Record<string, { needs: string; run: Flow }> = {
  ADMIN_USER_PASSWORD_AUTH: { needs: 'ALLOW_ADMIN_USER_PASSWORD_AUTH', run: signInWithPassword },
  ADMIN_NO_SRP_AUTH: { needs: 'ALLOW_ADMIN_USER_PASSWORD_AUTH', run: signInWithPassword },
}

export async function initiateAuth(pool: UserPool, client: ClientSettings, input: Input): Promise<AuthAnswer> {
  const name = requiredString(input, 'AuthFlow')
  if (name === 'CUSTOM_AUTH') throw new NotImplemented("Cognito's CUSTOM_AUTH")
  const flow = ownEntry(FLOWS, name)
  if (!flow) throw Object.hasOwn(ADMIN_FLOWS, name) ? refusal.unsupportedFlow() : unknownFlow(name)
  if (!client.flows.has(flow.needs)) throw refusal.flowNotEnabled(name)
  return flow.run(pool, client, stringMap(input, 'AuthParameters'))
}

export async function adminInitiateAuth(pool: UserPool, client: ClientSettings, input: Input): Promise<AuthAnswer> {
  const name = requiredString(input, 'AuthFlow')
  const flow = ownEntry(ADMIN_FLOWS, name)
  if (!flow)
    return name === 'USER_PASSWORD_AUTH'
      ? Promise.reject(refusal.unsupportedFlow())
      : initiateAuth(pool, client, input)
  if (!client.flows.has(flow.needs)) throw refusal.adminFlowNotEnabled()
  return flow.run(pool, client, stringMap(input, 'AuthParameters'))
}

function unknownFlow(name: string) {
  const known = [...Object.keys(FLOWS), ...Object.keys(ADMIN_FLOWS), 'CUSTOM_AUTH'].join(', ')
  return refusal.constraint('authFlow', `'${name}'`, `Member must satisfy enum value set: [${known}]`)
}

export function respondToAuthChallenge(pool: UserPool, client: ClientSettings, input: Input): Promise<AuthAnswer> {
  return answerChallenge(pool, client, {
    name: requiredString(input, 'ChallengeName'),
    session: optionalString(input, 'Session'),
    responses: stringMap(input, 'ChallengeResponses'),
  })
}

/** REFRESH_TOKEN_AUTH: new access and ID tokens, the refresh token stays. */
async function refreshByFlow(pool: UserPool, client: ClientSettings, parameters: Parameters): Promise<AuthAnswer> {
  if (client.rotationGraceS !== undefined) throw refusal.refreshRotates()
  const refreshToken = requiredParameter(parameters, 'REFRESH_TOKEN')
  const login = findLogin(pool.state.logins, client, refreshToken, pool.nowMs)
  const user = pool.user(login.username)
  pool.checkSecretHash(client, parameters.SECRET_HASH, [parameters.USERNAME, user.username, user.attributes.sub])
  if (!user.enabled) throw refusal.disabledUser()
  return { ChallengeParameters: {}, AuthenticationResult: await issueTokens(pool, client, user, login) }
}

/** GetTokensFromRefreshToken: as above, and a new refresh token where the client rotates them. */
export async function getTokensFromRefreshToken(
  pool: UserPool,
  client: ClientSettings,
  input: Input,
): Promise<AuthAnswer> {
  checkClientSecret(pool, client, optionalString(input, 'ClientSecret'))
  const refreshToken = requiredString(input, 'RefreshToken')
  const login = findLogin(pool.state.logins, client, refreshToken, pool.nowMs)
  const user = pool.user(login.username)
  if (!user.enabled) throw refusal.disabledUser()
  const tokens = await issueTokens(pool, client, user, login)
  if (client.rotationGraceS === undefined) return { AuthenticationResult: tokens }
  const RefreshToken = rotate(login, refreshToken, pool.nowMs)
  pool.save()
  return { AuthenticationResult: { ...tokens, RefreshToken } }
}

export async function revokeToken(
  pool: UserPool,
  client: ClientSettings,
  input: Input,
): Promise<Record<string, unknown>> {
  checkClientSecret(pool, client, optionalString(input, 'ClientSecret'))
  if (!client.revocationEnabled) throw refusal.revocationDisabled()
  const token = requiredString(input, 'Token')
  if (token.split('.').length === JWT_PARTS) throw refusal.notARefreshToken()
  const login = findLogin(pool.state.logins, client, token, pool.nowMs)
  login.revoked = true
  pool.save()
  return {}
}

/** An ID or access token has three parts; a refresh token none that a client could read. */
const JWT_PARTS = 3

function checkClientSecret(pool: UserPool, client: ClientSettings, sent: string | undefined): void {
  const secret = pool.clientSecret(client)
  if (secret !== undefined && (sent === undefined || !sameText(secret, sent))) throw refusal.wrongSecret(client.id)
}
