import { attributeTypes, checkAttributes, checkMutable } from './attributes.ts'
import type { ClientSettings } from './client-settings.ts'
import { refusal } from './errors.ts'
import { attributeList, requiredString, stringList, type Input } from './input.ts'
import type { Login } from './logins.ts'
import { withVerified } from './sign-up.ts'
import type { UserPool } from './user-pool.ts'
import { checkAliasesFree, type User } from './users.ts'

/** A person with an access token, asking about the own account. */
export interface Account {
  pool: UserPool
  user: User
  login: Login
  client: ClientSettings
}

type Answer = Promise<Record<string, unknown>>

export async function getUser({ user, client }: Account): Answer {
  const readable = Object.entries(user.attributes).filter(
    ([name]) => name === 'sub' || client.readAttributes?.has(name) !== false,
  )
  return { Username: user.username, UserAttributes: attributeTypes(Object.fromEntries(readable)) }
}

export async function changePassword({ pool, user }: Account, input: Input): Answer {
  const proposed = requiredString(input, 'ProposedPassword')
  const previous = requiredString(input, 'PreviousPassword')
  pool.lockouts.check(user.username)
  if (!pool.hasPassword(user, previous)) {
    pool.lockouts.failed(user.username)
    throw refusal.incorrectCredentials()
  }
  pool.lockouts.succeeded(user.username)
  pool.change(user, { password: pool.passwordFor(user.username, proposed) })
  return {}
}

/** No code is sent: a changed address counts as verified where the pool verifies it by itself. */
export async function updateUserAttributes({ pool, user, client }: Account, input: Input): Answer {
  const changes = attributeList(input, 'UserAttributes')
  checkMutable(pool.settings.schema, user.attributes, changes)
  checkAttributes(pool.settings.schema, changes, { writable: client.writeAttributes, isAdmin: false })
  checkAliasesFree(pool.settings, pool.state.users, changes, user)
  pool.change(user, { attributes: { ...user.attributes, ...withVerified(pool, changes) } })
  return { CodeDeliveryDetailsList: [] }
}

export async function deleteUserAttributes({ pool, user, client }: Account, input: Input): Answer {
  const names = stringList(input, 'UserAttributeNames') ?? []
  const emptied = Object.fromEntries(names.map((name) => [name, '']))
  checkMutable(pool.settings.schema, user.attributes, emptied)
  checkAttributes(pool.settings.schema, emptied, { writable: client.writeAttributes, isAdmin: false })
  for (const name of names) {
    if (pool.settings.schema.required.includes(name)) throw refusal.schema(name, 'The attribute is required')
  }
  const kept = Object.entries(user.attributes).filter(([name]) => !names.includes(name.replace(/_verified$/, '')))
  pool.change(user, { attributes: Object.fromEntries(kept) })
  return {}
}

export async function deleteUser({ pool, user }: Account): Answer {
  pool.removeUser(user)
  return {}
}

export async function globalSignOut({ pool, user }: Account): Answer {
  pool.revokeLogins(user)
  return {}
}
