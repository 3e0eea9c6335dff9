import type { Json } from './evaluation.ts'

/** A copy as JSON carries it: undefined and functions become null, members that are undefined are left out. */
export function toJson(value: unknown): Json {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined ? null : (JSON.parse(text) as Json)
}

/** True for an object that is no array; says nothing about its prototype, which may be another realm's. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value is, for messages: `null`, `array`, or what typeof says. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
