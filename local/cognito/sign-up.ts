import { checkAttributes, checkRequired } from './attributes.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import { attributeList, optionalString, requiredString, type Input } from './input.ts'
import type { UserPool } from './user-pool.ts'
import { checkAliasesFree, nameNewUser } from './users.ts'

/**
 * SignUp. No mail leaves this machine, so a new user is confirmed at once, with the attributes verified that the pool
 * verifies by itself: the state that a real pool is in after the code was typed in.
 */
export async function signUp(pool: UserPool, client: ClientSettings, input: Input): Promise<Record<string, unknown>> {
  const name = requiredString(input, 'Username')
  pool.checkSecretHash(client, optionalString(input, 'SecretHash'), [name])
  if (pool.settings.adminCreateUserOnly) throw refusal.signUpNotPermitted()
  const given = attributeList(input, 'UserAttributes')
  checkAttributes(pool.settings.schema, given, { writable: client.writeAttributes, isAdmin: false })
  const password = requiredString(input, 'Password')
  const named = nameNewUser(pool.settings, pool.state.users, name)
  const attributes = { ...given, ...named.attributes }
  checkRequired(pool.settings.schema, attributes)
  checkAliasesFree(pool.settings, pool.state.users, attributes)
  const verifier = pool.passwordFor(named.username, password)
  const user = pool.addUser({
    username: named.username,
    attributes: withVerified(pool, attributes),
    status: 'CONFIRMED',
    password: verifier,
  })
  return { UserConfirmed: true, UserSub: user.attributes.sub }
}

/** ConfirmSignUp: there is nothing left to confirm. */
export async function confirmSignUp(
  pool: UserPool,
  client: ClientSettings,
  input: Input,
): Promise<Record<string, unknown>> {
  const name = requiredString(input, 'Username')
  requiredString(input, 'ConfirmationCode')
  const user = pool.findUser(name)
  pool.checkSecretHash(client, optionalString(input, 'SecretHash'), [name, user?.username])
  if (!user) throw client.hidesUnknownUsers ? refusal.expiredCode() : refusal.unknownUserAndClient()
  throw refusal.alreadyConfirmed(user.status)
}

/** Marks what the pool verifies by itself. */
export function withVerified(pool: UserPool, attributes: Record<string, string>): Record<string, string> {
  const verified = { ...attributes }
  for (const name of ['email', 'phone_number']) {
    if (attributes[name]) verified[`${name}_verified`] = String(pool.settings.autoVerified.includes(name))
  }
  return verified
}
