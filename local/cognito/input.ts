import { isRecord } from '../aws/json.ts'
import { refusal } from './errors.ts'

export type Input = Record<string, unknown>

/** Member names stand in Cognito's validation errors with a small first letter. */
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

/** The entry that a table itself holds: a name that the caller sent must not reach `constructor` and its like. */
export function ownEntry<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

/** @throws AwsError InvalidParameterException when the member is absent, empty or no string */
export function requiredString(input: Input, member: string): string {
  const value = optionalString(input, member)
  if (value === undefined) throw refusal.constraint(lowerFirst(member), 'null', 'Member must not be null')
  if (value === '') {
    throw refusal.constraint(lowerFirst(member), "''", 'Member must have length greater than or equal to 1')
  }
  return value
}

export function optionalString(input: Input, member: string): string | undefined {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string')
    throw refusal.constraint(lowerFirst(member), JSON.stringify(value), 'Member must be a string')
  return value
}

export function optionalNumber(input: Input, member: string): number | undefined {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number')
    throw refusal.constraint(lowerFirst(member), JSON.stringify(value), 'Member must be a number')
  return value
}

/** A map of strings, such as AuthParameters; absent is empty. */
export function stringMap(input: Input, member: string): Record<string, string> {
  const value = input[member]
  if (value === undefined || value === null) return {}
  if (!isRecord(value))
    throw refusal.constraint(lowerFirst(member), JSON.stringify(value), 'Member must be a map of strings')
  const map: Record<string, string> = {}
  for (const name of Object.keys(value)) map[name] = optionalString(value, name) ?? ''
  return map
}

/** A list of strings, such as AttributesToGet; absent is undefined. */
export function stringList(input: Input, member: string): string[] | undefined {
  const value = input[member]
  if (value === undefined || value === null) return undefined
  const isStrings = Array.isArray(value) && value.every((item): item is string => typeof item === 'string')
  if (!isStrings)
    throw refusal.constraint(lowerFirst(member), JSON.stringify(value), 'Member must be a list of strings')
  return value
}

/** `[{Name, Value}]` as a record; absent is empty, a missing Value is the empty string. */
export function attributeList(input: Input, member: string): Record<string, string> {
  const value = input[member]
  if (value === undefined || value === null) return {}
  if (!Array.isArray(value))
    throw refusal.constraint(lowerFirst(member), JSON.stringify(value), 'Member must be a list')
  const attributes: Record<string, string> = {}
  for (const item of value as unknown[]) {
    if (!isRecord(item))
      throw refusal.constraint(lowerFirst(member), JSON.stringify(item), 'Member must be a structure')
    attributes[requiredString(item, 'Name')] = optionalString(item, 'Value') ?? ''
  }
  return attributes
}

/** @throws AwsError InvalidParameterException "Missing required parameter ..." */
export function requiredParameter(parameters: Record<string, string>, name: string): string {
  const value = parameters[name]
  if (value === undefined || value === '') throw refusal.missingParameter(name)
  return value
}
