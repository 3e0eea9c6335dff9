import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../aws/json.ts'
import type { SubscriptionFilter } from '../code-runtime.ts'
import {
  MAX_CONTAINS_ANY_VALUES,
  MAX_FILTER_PATH_CHARACTERS,
  MAX_FILTER_PATH_LEVELS,
  MAX_IN_VALUES,
} from '../limits.ts'

type Operator = (field: unknown, value: unknown) => boolean

const compare =
  (test: (order: number) => boolean): Operator =>
  (field, value) => {
    if (typeof field === 'number' && typeof value === 'number') return test(field - value)
    if (typeof field === 'string' && typeof value === 'string') return test(field < value ? -1 : Number(field > value))
    return false
  }
const atLeast = compare((order) => order >= 0)
const atMost = compare((order) => order <= 0)
const isIn: Operator = (field, value) => Array.isArray(value) && value.includes(field)
const contains: Operator = (field, value) => {
  if (typeof field === 'string') return typeof value === 'string' && field.includes(value)
  return Array.isArray(field) && field.includes(value)
}

/** Operators of enhanced subscription filters. A field that the event does not have satisfies none of them. */
const OPERATORS: Record<string, Operator> = {
  eq: (field, value) => field === value,
  ne: (field, value) => field !== value,
  le: atMost,
  lt: compare((order) => order < 0),
  ge: atLeast,
  gt: compare((order) => order > 0),
  contains,
  notContains: (field, value) => !contains(field, value),
  beginsWith: (field, value) => typeof field === 'string' && typeof value === 'string' && field.startsWith(value),
  in: isIn,
  notIn: (field, value) => !isIn(field, value),
  between: (field, value) => Array.isArray(value) && atLeast(field, value[0]) && atMost(field, value[1]),
  containsAny: (field, value) => Array.isArray(value) && value.some((one) => contains(field, one)),
}

/** Whether any group has all its filters satisfied by the event's fields. */
export function matchesFilter(filter: SubscriptionFilter, payload: Record<string, unknown>): boolean {
  return filter.filterGroup.some((group) =>
    group.filters.every(({ fieldName, operator, value }) => {
      const field = fieldAt(payload, fieldName)
      return field !== undefined && (OPERATORS[operator]?.(field, value) ?? false)
    }),
  )
}

/** Without a filter of the resolver's own, an event must have the value of every argument that was given. */
export function matchesArguments(args: Record<string, unknown>, payload: Record<string, unknown>): boolean {
  return Object.entries(args).every(([name, value]) => isDeepStrictEqual(payload[name], value))
}

/** Follows a path such as `author.name`. */
function fieldAt(payload: Record<string, unknown>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), payload)
}

/** What is wrong with a filter, if anything: AppSync checks it when the subscription starts. */
export function filterFault(filter: SubscriptionFilter): string | undefined {
  for (const { fieldName, operator, value } of filter.filterGroup.flatMap((group) => group.filters)) {
    const levels = String(fieldName).split('.').length
    if (levels > MAX_FILTER_PATH_LEVELS) {
      return `Expected at most ${MAX_FILTER_PATH_LEVELS} levels of a field, received ${levels} in ${fieldName}.`
    }
    if (String(fieldName).length > MAX_FILTER_PATH_CHARACTERS) {
      return `Expected at most ${MAX_FILTER_PATH_CHARACTERS} characters of a field, received ${fieldName.length}.`
    }
    if (!Object.hasOwn(OPERATORS, operator)) {
      return `Expected one of ${Object.keys(OPERATORS).join(', ')} for ${fieldName}, received ${operator}.`
    }
    const most = operator === 'containsAny' ? MAX_CONTAINS_ANY_VALUES : MAX_IN_VALUES
    if (Array.isArray(value) && value.length > most) {
      return `Expected at most ${most} values of ${operator} for ${fieldName}, received ${value.length}.`
    }
  }
  return undefined
}
