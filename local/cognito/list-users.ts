import { refusal } from './errors.ts'
import { userType } from './admin-operations.ts'
import { optionalNumber, optionalString, stringList, type Input } from './input.ts'
import { MAX_LIST_USERS } from './limits.ts'
import type { UserPool } from './user-pool.ts'
import type { User } from './users.ts'

/** `attribute = "value"` or `attribute ^= "value"` (begins with). Source: API reference, ListUsers, Filter. */
const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/

/** What a filter may name. Source: as above. */
const FILTERABLE = [
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
]

function matcher(filter: string | undefined): (user: User) => boolean {
  if (!filter) return () => true
  const [, attribute, operator, quoted] = FILTER.exec(filter) ?? []
  if (!attribute || quoted === undefined)
    throw refusal.invalidParameter(
      `One or more of the filter is invalid: expected attribute = "value", got ${filter}`,
    )
  if (!FILTERABLE.includes(attribute)) throw refusal.invalidParameter(`Invalid search attribute: ${attribute}`)
  const wanted = quoted.replace(/\\(.)/g, '$1')
  return (user) => {
    const value = searchable(user, attribute)
    return operator === '=' ? value === wanted : value.startsWith(wanted)
  }
}

function searchable(user: User, attribute: string): string {
  if (attribute === 'username') return user.username
  if (attribute === 'cognito:user_status') return user.status
  if (attribute === 'status') return user.enabled ? 'Enabled' : 'Disabled'
  return user.attributes[attribute] ?? ''
}

/** The pagination token is the position in the list, opaque to the caller. */
export function listUsers(pool: UserPool, input: Input): Record<string, unknown> {
  const limit = optionalNumber(input, 'Limit') ?? MAX_LIST_USERS
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIST_USERS) {
    throw refusal.constraint('limit', String(limit), `Member must have value less than or equal to ${MAX_LIST_USERS}`)
  }
  const token = optionalString(input, 'PaginationToken')
  const start = token ? Number(Buffer.from(token, 'base64url').toString()) : 0
  if (!Number.isInteger(start) || start < 0) throw refusal.invalidParameter('Invalid pagination token')
  const attributes = stringList(input, 'AttributesToGet')
  const found = pool.state.users.filter(matcher(optionalString(input, 'Filter')))
  const end = start + (limit || MAX_LIST_USERS)
  return {
    Users: found.slice(start, end).map((user) => userType(user, attributes && pick(user.attributes, attributes))),
    ...(end < found.length && { PaginationToken: Buffer.from(String(end)).toString('base64url') }),
  }
}

function pick(attributes: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)))
}
