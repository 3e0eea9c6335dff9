import type { Extensions } from '@aws-appsync/utils'
import type { SubscriptionFilter } from '../code-runtime.ts'
import { current } from './current.ts'
import { RuntimeFault } from './signals.ts'
import { isPlainObject, kindOf, toJson } from './to-json.ts'
import type { MembersOf } from './util/members-of.ts'
import { notEmulated } from './util/not-emulated.ts'

/** A copy of a subscription filter, after a look at its shape; operators are checked where it is applied. */
function expectFilter(filter: unknown, name: string): SubscriptionFilter {
  const groups = isPlainObject(filter) ? filter.filterGroup : undefined
  const wellFormed =
    Array.isArray(groups) && groups.every((group) => isPlainObject(group) && Array.isArray(group.filters))
  if (!wellFormed) {
    throw new RuntimeFault(
      `expected extensions.${name} to be given {filterGroup: [{filters: [...]}]}, got ${JSON.stringify(filter)}`
    )
  }
  return toJson(filter) as unknown as SubscriptionFilter
}

/** The global `extensions`. */
export const extensions = {
  setSubscriptionFilter(filter: unknown): void {
    current().extensions.subscriptionFilter = expectFilter(filter, 'setSubscriptionFilter')
  },
  setSubscriptionInvalidationFilter(filter: unknown): void {
    current().extensions.invalidationFilter = expectFilter(filter, 'setSubscriptionInvalidationFilter')
  },
  invalidateSubscriptions(invalidation: unknown): void {
    const { subscriptionField, payload } = isPlainObject(invalidation) ? invalidation : {}
    if (typeof subscriptionField !== 'string' || !isPlainObject(payload)) {
      throw new RuntimeFault(
        `expected {subscriptionField, payload}, got subscriptionField ${kindOf(subscriptionField)} and payload ${kindOf(
          payload
        )}`
      )
    }
    current().extensions.invalidations.push({ subscriptionField, payload: toJson(payload) as Record<string, unknown> })
  },
  evictFromApiCache: notEmulated('extensions.evictFromApiCache'),
} satisfies MembersOf<Extensions>
