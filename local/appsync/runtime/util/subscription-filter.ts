import type { SubscriptionFilter } from '../../code-runtime.ts'
import { isPlainObject } from '../to-json.ts'

type Filter = SubscriptionFilter['filterGroup'][number]['filters'][number]

/** Ways to satisfy a filter: the groups are alternatives, the filters of one hold together. */
type Alternatives = Filter[][]

/** Every alternative of the one with every one of the other; what has none counts as absent. */
function both(left: Alternatives, right: Alternatives): Alternatives {
  if (left.length === 0) return right
  if (right.length === 0) return left
  return left.flatMap((one) => right.map((other) => [...one, ...other]))
}

/** A field's operators are alternatives of each other, as recorded from AWS; no operator is checked here. */
function fieldAlternatives(fieldName: string, operators: unknown): Alternatives {
  if (!isPlainObject(operators)) return []
  return Object.entries(operators).map(([operator, value]) => [{ fieldName, operator, value }])
}

function alternatives(filter: unknown, ignored: ReadonlySet<string>): Alternatives {
  if (!isPlainObject(filter)) return []
  let found: Alternatives = []
  for (const [name, member] of Object.entries(filter)) {
    if (name === 'and' && Array.isArray(member)) {
      for (const part of member) found = both(found, alternatives(part, ignored))
    } else if (name === 'or' && Array.isArray(member)) {
      found = both(
        found,
        member.flatMap((part) => alternatives(part, ignored))
      )
    } else if (!ignored.has(name)) {
      found = both(found, fieldAlternatives(name, member))
    }
  }
  return found
}

/**
 * A filter object as `extensions.setSubscriptionFilter` takes it.
 * @param ignoredFields left out wherever they stand in the filter
 * @param rules fields and operators of which at least one has to hold, beside the filter
 * @returns null when the filter is no object
 */
export function toSubscriptionFilter(
  filter: unknown,
  ignoredFields?: unknown,
  rules?: unknown
): SubscriptionFilter | null {
  if (!isPlainObject(filter)) return null
  const ignored = new Set(Array.isArray(ignoredFields) ? ignoredFields.map(String) : [])
  const ruleAlternatives = isPlainObject(rules)
    ? Object.entries(rules).flatMap(([name, operators]) => fieldAlternatives(name, operators))
    : []
  return { filterGroup: both(alternatives(filter, ignored), ruleAlternatives).map((filters) => ({ filters })) }
}
