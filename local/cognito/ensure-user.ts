import { checkAttributes } from './attributes.ts'
import type { UserPool } from './user-pool.ts'
import { nameNewUser } from './users.ts'

export interface WantedUser {
  userPoolId: string
  /** As it is typed at sign-in. */
  username: string
  password: string
  /** Beside `sub`; `email_verified` and its kin too. */
  attributes?: Record<string, string>
}

/**
 * Makes sure that a confirmed, enabled user exists who signs in with this password. A known user keeps `sub`.
 * @throws AwsError InvalidPasswordException, InvalidParameterException
 */
export async function ensureUser(pool: UserPool, wanted: WantedUser): Promise<{ sub: string }> {
  const { username: name, password, attributes = {} } = wanted
  checkAttributes(pool.settings.schema, attributes, { isAdmin: true })
  const known = pool.findUser(name)
  if (known) {
    const keepsPassword = pool.hasPassword(known, password)
    pool.change(known, {
      attributes: { ...known.attributes, ...attributes },
      status: 'CONFIRMED',
      enabled: true,
      passwordExpiresAtMs: undefined,
      password: keepsPassword ? known.password : pool.passwordFor(known.username, password),
    })
    return { sub: String(known.attributes.sub) }
  }
  const named = nameNewUser(pool.settings, pool.state.users, name)
  const user = pool.addUser({
    username: named.username,
    attributes: { ...attributes, ...named.attributes },
    status: 'CONFIRMED',
    password: pool.passwordFor(named.username, password),
  })
  return { sub: String(user.attributes.sub) }
}
