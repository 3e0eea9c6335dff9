import { NotImplemented } from '../aws/errors.ts'
import { checkAttributes, checkRequired } from './attributes.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import { requiredParameter } from './input.ts'
import { completeSignIn, startFactor, type AuthAnswer, type Parameters } from './sign-in.ts'
import { passwordClaimSignature } from './srp.ts'
import { sameText, type UserPool } from './user-pool.ts'

interface ChallengeAnswer {
  name: string
  session: string | undefined
  responses: Parameters
}

/** `Fri Nov 20 10:45:02 UTC 2026`: no leading zero for the day. */
const TIMESTAMP =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (J(an|u[nl])|Feb|Ma[ry]|A(pr|ug)|Sep|Oct|Nov|Dec) [1-9]\d? \d\d:\d\d:\d\d UTC \d{4}$/

/** Attributes in the responses of NEW_PASSWORD_REQUIRED carry this prefix. */
const ATTRIBUTE_PREFIX = 'userAttributes.'

export async function answerChallenge(
  pool: UserPool,
  client: ClientSettings,
  answer: ChallengeAnswer,
): Promise<AuthAnswer> {
  switch (answer.name) {
    case 'PASSWORD_VERIFIER':
      return verifyPasswordClaim(pool, client, answer.responses)
    case 'NEW_PASSWORD_REQUIRED':
      return setNewPassword(pool, client, answer)
    case 'SELECT_CHALLENGE':
      return selectFactor(pool, client, answer)
    default:
      throw new NotImplemented(`Cognito's challenge ${answer.name}`)
  }
}

/** Each SECRET_BLOCK is good for one try. */
async function verifyPasswordClaim(
  pool: UserPool,
  client: ClientSettings,
  responses: Parameters,
): Promise<AuthAnswer> {
  const name = requiredParameter(responses, 'USERNAME')
  const secretBlock = requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')
  const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE')
  const timestamp = requiredParameter(responses, 'TIMESTAMP')
  if (!TIMESTAMP.test(timestamp)) throw refusal.timestampFormat(timestamp)
  const challenge = pool.challenges.find(client, secretBlock, 'PASSWORD_VERIFIER')
  const { username } = challenge
  pool.checkSecretHash(client, responses.SECRET_HASH, [name, username])
  pool.lockouts.check(username)
  pool.challenges.finish(secretBlock)
  const expected = passwordClaimSignature({
    poolName: pool.settings.shortName,
    userId: username,
    ...challenge,
    secretBlock,
    timestamp,
  })
  const user = challenge.exists ? pool.findUser(username) : undefined
  if (!user || !sameText(expected, signature)) {
    pool.lockouts.failed(username)
    throw refusal.incorrectCredentials()
  }
  return completeSignIn(pool, client, user)
}

async function setNewPassword(
  pool: UserPool,
  client: ClientSettings,
  { session, responses }: ChallengeAnswer,
): Promise<AuthAnswer> {
  if (!session) throw refusal.missingParameter('Session')
  const name = requiredParameter(responses, 'USERNAME')
  const challenge = pool.challenges.find(client, session, 'NEW_PASSWORD_REQUIRED')
  const user = pool.findUser(challenge.username)
  if (!user || pool.findUser(name) !== user || user.status !== 'FORCE_CHANGE_PASSWORD') throw refusal.invalidSession()
  pool.checkSecretHash(client, responses.SECRET_HASH, [name, user.username, user.attributes.sub])
  const password = pool.passwordFor(user.username, requiredParameter(responses, 'NEW_PASSWORD'))
  const attributes: Record<string, string> = {}
  for (const [key, value] of Object.entries(responses)) {
    if (key.startsWith(ATTRIBUTE_PREFIX)) attributes[key.slice(ATTRIBUTE_PREFIX.length)] = value
  }
  checkAttributes(pool.settings.schema, attributes, { writable: client.writeAttributes, isAdmin: false })
  const merged = { ...user.attributes, ...attributes }
  checkRequired(pool.settings.schema, merged)
  pool.challenges.finish(session)
  pool.change(user, { password, passwordExpiresAtMs: undefined, attributes: merged, status: 'CONFIRMED' })
  return completeSignIn(pool, client, user)
}

async function selectFactor(
  pool: UserPool,
  client: ClientSettings,
  { session, responses }: ChallengeAnswer,
): Promise<AuthAnswer> {
  if (!session) throw refusal.missingParameter('Session')
  pool.challenges.find(client, session, 'SELECT_CHALLENGE')
  const factor = requiredParameter(responses, 'ANSWER')
  const answer = await startFactor(pool, client, factor, responses)
  pool.challenges.finish(session)
  return answer
}
