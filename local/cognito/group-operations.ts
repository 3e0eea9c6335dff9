import type { AdminOperation } from './admin-operations.ts'
import { userType } from './admin-operations.ts'
import { refusal } from './errors.ts'
import { requiredString, type Input } from './input.ts'
import type { Group, UserPool } from './user-pool.ts'

function groupNamed(pool: UserPool, input: Input): Group {
  const group = pool.groups.get(requiredString(input, 'GroupName'))
  if (!group) throw refusal.unknownGroup()
  return group
}

const groupType = (pool: UserPool, group: Group) => ({
  GroupName: group.name,
  UserPoolId: pool.settings.id,
  Description: group.description,
  Precedence: group.precedence,
})

/** Groups come from the template; who is in them, from these. */
export const GROUP_OPERATIONS: Record<string, AdminOperation> = {
  AdminAddUserToGroup(pool, input) {
    const { name } = groupNamed(pool, input)
    const user = pool.user(requiredString(input, 'Username'))
    if (!user.groups.includes(name)) pool.change(user, { groups: [...user.groups, name] })
    return {}
  },
  AdminRemoveUserFromGroup(pool, input) {
    const { name } = groupNamed(pool, input)
    const user = pool.user(requiredString(input, 'Username'))
    pool.change(user, { groups: user.groups.filter((group) => group !== name) })
    return {}
  },
  AdminListGroupsForUser(pool, input) {
    const user = pool.user(requiredString(input, 'Username'))
    const groups = user.groups.flatMap((name) => pool.groups.get(name) ?? [])
    return { Groups: groups.map((group) => groupType(pool, group)) }
  },
  ListUsersInGroup(pool, input) {
    const { name } = groupNamed(pool, input)
    return { Users: pool.state.users.filter((user) => user.groups.includes(name)).map((user) => userType(user)) }
  },
}
