import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'

/** One sign-in and the tokens that descend from it. */
export interface Login {
  originJti: string
  eventId: string
  username: string
  clientId: string
  authTimeS: number
  expiresAtMs: number
  revoked: boolean
  /** SHA-256 of each refresh token, hex: the tokens themselves are not kept. */
  refreshTokens: { hash: string; rotatedAtMs?: number }[]
}

/** Length of a refresh token, in bytes before base64url. */
const REFRESH_TOKEN_BYTES = 96
const MS = 1_000

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

function newRefreshToken(login: Login): string {
  const token = randomBytes(REFRESH_TOKEN_BYTES).toString('base64url')
  login.refreshTokens.push({ hash: hashOf(token) })
  return token
}

export function startLogin(
  client: ClientSettings,
  username: string,
  nowMs: number,
): { login: Login; refreshToken: string } {
  const login: Login = {
    originJti: randomUUID(),
    eventId: randomUUID(),
    username,
    clientId: client.id,
    authTimeS: Math.floor(nowMs / MS),
    expiresAtMs: nowMs + client.refreshValidityS * MS,
    revoked: false,
    refreshTokens: [],
  }
  return { login, refreshToken: newRefreshToken(login) }
}

/**
 * @throws AwsError NotAuthorizedException for a token that is unknown, expired, revoked or another client's;
 *   RefreshTokenReuseException for one that rotation has replaced
 */
export function findLogin(logins: Login[], client: ClientSettings, refreshToken: string, nowMs: number): Login {
  const hash = hashOf(refreshToken)
  const login = logins.find((candidate) => candidate.refreshTokens.some((token) => token.hash === hash))
  if (!login || login.clientId !== client.id) throw refusal.invalidRefreshToken()
  if (login.revoked) throw refusal.revokedRefreshToken()
  if (nowMs >= login.expiresAtMs) throw refusal.expiredRefreshToken()
  const rotatedAtMs = login.refreshTokens.find((token) => token.hash === hash)?.rotatedAtMs
  if (rotatedAtMs !== undefined && nowMs >= rotatedAtMs + (client.rotationGraceS ?? 0) * MS)
    throw refusal.reusedRefreshToken()
  return login
}

/** Replaces a refresh token; the one that was sent works on for the client's grace period. */
export function rotate(login: Login, refreshToken: string, nowMs: number): string {
  const hash = hashOf(refreshToken)
  for (const token of login.refreshTokens) if (token.hash === hash) token.rotatedAtMs ??= nowMs
  return newRefreshToken(login)
}

/** Logins that can still matter: an expired refresh token is told apart from an unknown one for as long again. */
export function withoutForgotten(logins: Login[], nowMs: number): Login[] {
  return logins.filter((login) => nowMs < login.expiresAtMs + (login.expiresAtMs - login.authTimeS * MS))
}
