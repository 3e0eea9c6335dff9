import { createHmac, randomUUID } from 'node:crypto'
import { isEmail, isPhoneNumber } from './attributes.ts'
import { refusal } from './errors.ts'
import { MAX_USERNAME_LENGTH } from './limits.ts'
import type { Alias, PoolSettings } from './pool-settings.ts'
import type { PasswordVerifier } from './srp.ts'

export interface User {
  /** As tokens carry it; a UUID where an attribute is the username. */
  username: string
  /** With `sub`, without nothing: every attribute that was ever set to a value. */
  attributes: Record<string, string>
  status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD'
  enabled: boolean
  password: PasswordVerifier
  /** When a temporary password stops working. */
  passwordExpiresAtMs?: number
  groups: string[]
  createdAtMs: number
  modifiedAtMs: number
}

const ALIAS_WORDS: Record<Alias, string> = {
  email: 'email',
  phone_number: 'phone_number',
  preferred_username: 'preferred_username',
}

export function fold(settings: PoolSettings, value: string): string {
  return settings.caseSensitive ? value : value.toLowerCase()
}

/** Finds a user by what may be typed at sign-in: username, sub, or an attribute that signs in. */
export function findUser(settings: PoolSettings, users: User[], name: string): User | undefined {
  const wanted = fold(settings, name)
  const byName = users.find((user) => fold(settings, user.username) === wanted || user.attributes.sub === name)
  if (byName) return byName
  if (settings.usernameAttributes.length > 0) {
    return users.find((user) =>
      settings.usernameAttributes.some((alias) => fold(settings, user.attributes[alias] ?? '') === wanted),
    )
  }
  return users.find((user) =>
    settings.aliasAttributes.some(
      (alias) =>
        fold(settings, user.attributes[alias] ?? '') === wanted &&
        (alias === 'preferred_username' || user.attributes[`${alias}_verified`] === 'true'),
    ),
  )
}

/**
 * The username and the first attributes of a new user.
 * @throws AwsError InvalidParameterException, UsernameExistsException
 */
export function nameNewUser(
  settings: PoolSettings,
  users: User[],
  name: string,
): { username: string; attributes: Record<string, string> } {
  if (name.length > MAX_USERNAME_LENGTH) {
    throw refusal.constraint(
      'username',
      `'${name}'`,
      `Member must have length less than or equal to ${MAX_USERNAME_LENGTH}`,
    )
  }
  if (/\s/.test(name))
    throw refusal.constraint(
      'username',
      `'${name}'`,
      'Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
    )
  const sub = randomUUID()
  if (settings.usernameAttributes.length === 0) {
    for (const alias of settings.aliasAttributes) {
      if ((alias === 'email' && isEmail(name)) || (alias === 'phone_number' && isPhoneNumber(name)))
        throw refusal.usernameLooksLikeAlias(alias)
    }
    if (findUser(settings, users, name)) throw refusal.userExists()
    return { username: name, attributes: { sub } }
  }
  const alias = usernameAlias(settings, name)
  if (findUser(settings, users, name)) throw refusal.aliasTaken(ALIAS_WORDS[alias])
  return { username: sub, attributes: { sub, [alias]: fold(settings, name) } }
}

function usernameAlias(settings: PoolSettings, name: string): Alias {
  const allowed = settings.usernameAttributes
  if (allowed.includes('email') && isEmail(name)) return 'email'
  if (allowed.includes('phone_number') && isPhoneNumber(name)) return 'phone_number'
  if (allowed.length > 1) throw refusal.usernameFormat('either an email or a phone number')
  throw refusal.usernameFormat(allowed[0] === 'phone_number' ? 'a phone number' : 'an email')
}

/** @throws AwsError AliasExistsException when a sign-in attribute would belong to two users */
export function checkAliasesFree(
  settings: PoolSettings,
  users: User[],
  attributes: Record<string, string>,
  self?: User,
): void {
  for (const alias of [...settings.usernameAttributes, ...settings.aliasAttributes]) {
    const value = attributes[alias]
    if (!value) continue
    const holder = findUser(settings, users, value)
    if (holder && holder !== self) throw refusal.aliasExists(ALIAS_WORDS[alias])
  }
}

/** What a client is shown for a username that nobody has: the same for the same name, and no password fits it. */
export function standInFor(
  settings: PoolSettings,
  pepper: string,
  name: string,
): { username: string; salt: string; password: string } {
  const digest = createHmac('sha256', pepper).update(fold(settings, name)).digest('hex')
  const uuid = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `4${digest.slice(13, 16)}`,
    `a${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
  const hasUuids = settings.usernameAttributes.length > 0
  return { username: hasUuids ? uuid : name, salt: digest.slice(32), password: digest }
}
