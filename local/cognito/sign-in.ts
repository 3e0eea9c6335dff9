import { NotImplemented } from '../aws/errors.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import { requiredParameter } from './input.ts'
import { startLogin } from './logins.ts'
import { isPublicValue, newServerExponent, verifierOf } from './srp.ts'
import { issueTokens } from './tokens.ts'
import type { UserPool } from './user-pool.ts'
import { standInFor, type User } from './users.ts'

/** AuthParameters or ChallengeResponses. */
export type Parameters = Record<string, string>

/** What InitiateAuth and RespondToAuthChallenge answer. */
export type AuthAnswer = Record<string, unknown>

/** The user that a sign-in names, or undefined where the client hides that there is none. */
export function namedUser(pool: UserPool, client: ClientSettings, parameters: Parameters): User | undefined {
  const name = requiredParameter(parameters, 'USERNAME')
  const user = pool.findUser(name)
  pool.checkSecretHash(client, parameters.SECRET_HASH, [name, user?.username, user?.attributes.sub])
  if (!user && !client.hidesUnknownUsers) throw refusal.unknownUser()
  return user
}

/** USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH and the PASSWORD challenge. */
export async function signInWithPassword(
  pool: UserPool,
  client: ClientSettings,
  parameters: Parameters,
): Promise<AuthAnswer> {
  const user = namedUser(pool, client, parameters)
  const password = requiredParameter(parameters, 'PASSWORD')
  const lockoutName = user?.username ?? requiredParameter(parameters, 'USERNAME')
  pool.lockouts.check(lockoutName)
  if (!user || !pool.hasPassword(user, password)) {
    pool.lockouts.failed(lockoutName)
    throw refusal.incorrectCredentials()
  }
  return completeSignIn(pool, client, user)
}

/** USER_SRP_AUTH and the PASSWORD_SRP challenge: answers PASSWORD_VERIFIER, for a hidden unknown user too. */
export function startSrp(pool: UserPool, client: ClientSettings, parameters: Parameters): AuthAnswer {
  const user = namedUser(pool, client, parameters)
  const clientPublicValue = requiredParameter(parameters, 'SRP_A')
  if (!isPublicValue(clientPublicValue))
    throw refusal.invalidParameter('Invalid SRP_A: a hex number that is not 0 modulo N is expected')
  const { username, salt, verifier } = user
    ? { username: user.username, ...user.password }
    : standInVerifier(pool, requiredParameter(parameters, 'USERNAME'))
  const server = newServerExponent(verifier)
  const secretBlock = pool.challenges.start(client, {
    name: 'PASSWORD_VERIFIER',
    username,
    verifier,
    server,
    clientPublicValue,
    exists: user !== undefined,
  })
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: salt,
      SECRET_BLOCK: secretBlock,
      SRP_B: server.publicValue,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  }
}

function standInVerifier(pool: UserPool, name: string) {
  const { username, salt, password } = standInFor(pool.settings, pool.state.pepper, name)
  return { username, ...verifierOf(pool.settings.shortName, username, password, salt) }
}

/** What follows a right password: tokens, or the demand for a password of one's own. */
export async function completeSignIn(pool: UserPool, client: ClientSettings, user: User): Promise<AuthAnswer> {
  pool.lockouts.succeeded(user.username)
  if (!user.enabled) throw refusal.disabledUser()
  if (user.status === 'FORCE_CHANGE_PASSWORD') return demandNewPassword(pool, client, user)
  const { login, refreshToken } = startLogin(client, user.username, pool.nowMs)
  pool.state.logins.push(login)
  pool.save()
  const tokens = await issueTokens(pool, client, user, login)
  return { ChallengeParameters: {}, AuthenticationResult: { ...tokens, RefreshToken: refreshToken } }
}

function demandNewPassword(pool: UserPool, client: ClientSettings, user: User): AuthAnswer {
  if (user.passwordExpiresAtMs !== undefined && pool.nowMs >= user.passwordExpiresAtMs)
    throw refusal.expiredTemporaryPassword()
  const { sub, ...attributes } = user.attributes
  const missing = pool.settings.schema.required.filter((name) => !user.attributes[name])
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: pool.challenges.start(client, { name: 'NEW_PASSWORD_REQUIRED', username: user.username }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(attributes),
    },
  }
}

/** The first factors that a password-only pool offers. */
const FIRST_FACTORS = ['PASSWORD_SRP', 'PASSWORD']

/** USER_AUTH: the preferred factor at once, else the choice. */
export async function startChoice(
  pool: UserPool,
  client: ClientSettings,
  parameters: Parameters,
): Promise<AuthAnswer> {
  const preferred = parameters.PREFERRED_CHALLENGE
  if (preferred) return startFactor(pool, client, preferred, parameters)
  const user = namedUser(pool, client, parameters)
  const username =
    user?.username ?? standInFor(pool.settings, pool.state.pepper, requiredParameter(parameters, 'USERNAME')).username
  return {
    ChallengeName: 'SELECT_CHALLENGE',
    Session: pool.challenges.start(client, { name: 'SELECT_CHALLENGE', username }),
    ChallengeParameters: {},
    AvailableChallenges: FIRST_FACTORS,
  }
}

/** @throws NotImplemented for one-time passwords and passkeys: nothing can deliver or hold them here */
export async function startFactor(
  pool: UserPool,
  client: ClientSettings,
  factor: string,
  parameters: Parameters,
): Promise<AuthAnswer> {
  if (factor === 'PASSWORD') return signInWithPassword(pool, client, parameters)
  if (factor === 'PASSWORD_SRP') return startSrp(pool, client, parameters)
  throw new NotImplemented(`Cognito's first factor ${factor}`)
}
