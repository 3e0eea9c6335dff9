import { isRecord } from '../../aws/json.ts'
import { mappingError } from '../errors.ts'

/** Reads request objects strictly: AppSync refuses members that it doesn't know. */
export function readObject(value: unknown, path: string, allowed: readonly string[]): Record<string, unknown> {
  if (!isRecord(value)) throw mappingError(`Expected an object at '${path}', received ${describe(value)}.`)
  const unknown = Object.keys(value).find((key) => !allowed.includes(key))
  if (unknown !== undefined) throw mappingError(`Unsupported element '${path}[${unknown}]'.`)
  return value
}

/** A member that may be left out; null counts as left out. */
export function readOptional<T>(value: unknown, path: string, type: 'string' | 'number' | 'boolean'): T | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== type) throw mappingError(`Expected a ${type} at '${path}', received ${describe(value)}.`)
  return value as T
}

export function readMap(value: unknown, path: string): Record<string, unknown> {
  if (!isRecord(value)) throw mappingError(`Expected an object at '${path}', received ${describe(value)}.`)
  return value
}

export function readList(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw mappingError(`Expected a list at '${path}', received ${describe(value)}.`)
  return value
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
