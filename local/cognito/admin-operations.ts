import type { Log } from '../aws/context.ts'
import { NotImplemented } from '../aws/errors.ts'
import { attributeTypes, checkAttributes, checkMutable, checkRequired } from './attributes.ts'
import { refusal } from './errors.ts'
import { attributeList, optionalString, requiredString, stringList, type Input } from './input.ts'
import type { UserPool } from './user-pool.ts'
import { checkAliasesFree, nameNewUser, type User } from './users.ts'

type Answer = Record<string, unknown>
export type AdminOperation = (pool: UserPool, input: Input, log: Log) => Answer | Promise<Answer>

const MS = 1_000

/** The API's UserType; timestamps are seconds since the epoch. */
export function userType(user: User, attributes: Record<string, string> = user.attributes): Answer {
  return {
    Username: user.username,
    Attributes: attributeTypes(attributes),
    UserCreateDate: user.createdAtMs / MS,
    UserLastModifiedDate: user.modifiedAtMs / MS,
    Enabled: user.enabled,
    UserStatus: user.status,
  }
}

const named = (pool: UserPool, input: Input) => pool.user(requiredString(input, 'Username'))

function adminCreateUser(pool: UserPool, input: Input, log: Log): Answer {
  const name = requiredString(input, 'Username')
  const action = optionalString(input, 'MessageAction')
  if (action === 'RESEND') throw new NotImplemented("Cognito's AdminCreateUser with MessageAction RESEND (it mails)")
  const password = optionalString(input, 'TemporaryPassword')
  if (!password) throw new NotImplemented("Cognito's AdminCreateUser without TemporaryPassword (it mails one)")
  const given = attributeList(input, 'UserAttributes')
  checkAttributes(pool.settings.schema, given, { isAdmin: true })
  const { username, attributes: own } = nameNewUser(pool.settings, pool.state.users, name)
  const attributes = { ...given, ...own }
  checkRequired(pool.settings.schema, attributes)
  checkAliasesFree(pool.settings, pool.state.users, attributes)
  const user = pool.addUser({
    username,
    attributes,
    status: 'FORCE_CHANGE_PASSWORD',
    password: pool.passwordFor(username, password),
    passwordExpiresAtMs: pool.temporaryPasswordExpiry(),
  })
  if (action !== 'SUPPRESS')
    log('warn', 'cognito', `${name} was created; no invitation is sent, mail is not emulated`)
  return { User: userType(user) }
}

function adminSetUserPassword(pool: UserPool, input: Input): Answer {
  const user = named(pool, input)
  const password = pool.passwordFor(user.username, requiredString(input, 'Password'))
  pool.change(
    user,
    input.Permanent === true
      ? { password, passwordExpiresAtMs: undefined, status: 'CONFIRMED' }
      : { password, passwordExpiresAtMs: pool.temporaryPasswordExpiry(), status: 'FORCE_CHANGE_PASSWORD' },
  )
  return {}
}

function adminGetUser(pool: UserPool, input: Input): Answer {
  const user = named(pool, input)
  const { Attributes: UserAttributes, ...rest } = userType(user)
  return { ...rest, UserAttributes }
}

function adminDeleteUser(pool: UserPool, input: Input): Answer {
  pool.removeUser(named(pool, input))
  return {}
}

function adminUpdateUserAttributes(pool: UserPool, input: Input): Answer {
  const user = named(pool, input)
  const changes = attributeList(input, 'UserAttributes')
  checkMutable(pool.settings.schema, user.attributes, changes)
  checkAttributes(pool.settings.schema, changes, { isAdmin: true })
  checkAliasesFree(pool.settings, pool.state.users, changes, user)
  pool.change(user, { attributes: { ...user.attributes, ...changes } })
  return {}
}

function setEnabled(enabled: boolean): AdminOperation {
  return (pool, input) => {
    const user = named(pool, input)
    pool.change(user, { enabled })
    if (!enabled) pool.revokeLogins(user)
    return {}
  }
}

function adminUserGlobalSignOut(pool: UserPool, input: Input): Answer {
  pool.revokeLogins(named(pool, input))
  return {}
}

function adminConfirmSignUp(pool: UserPool, input: Input): Answer {
  throw refusal.alreadyConfirmed(named(pool, input).status)
}

function adminDeleteUserAttributes(pool: UserPool, input: Input): Answer {
  const user = named(pool, input)
  const names = stringList(input, 'UserAttributeNames') ?? []
  checkMutable(pool.settings.schema, user.attributes, Object.fromEntries(names.map((name) => [name, ''])))
  const kept = Object.entries(user.attributes).filter(([name]) => !names.includes(name))
  pool.change(user, { attributes: Object.fromEntries(kept) })
  return {}
}

/** Each is allowed by IAM on the pool, not by a person's token. */
export const ADMIN_OPERATIONS: Record<string, AdminOperation> = {
  AdminCreateUser: adminCreateUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminGetUser: adminGetUser,
  AdminDeleteUser: adminDeleteUser,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
  AdminEnableUser: setEnabled(true),
  AdminDisableUser: setEnabled(false),
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  AdminConfirmSignUp: adminConfirmSignUp,
}
