import { mappingError } from '../errors.ts'
import { isRecord } from '../../aws/json.ts'

/** A typed value as DynamoDB's API has it, e.g. `{S: 'a'}`, `{N: '1'}`. */
export type AttributeValue = Record<string, unknown>
export type Item = Record<string, AttributeValue>

const asStrings = (value: unknown): unknown => (Array.isArray(value) ? value.map(String) : value)

/**
 * How each type goes to the API: AppSync lets numbers be JSON numbers (`util.dynamodb.toNumber`), the API wants
 * text.
 */
const TO_API: Record<string, (value: unknown, path: string) => unknown> = {
  S: (value) => value,
  B: (value) => value,
  BOOL: (value) => value,
  NULL: () => true,
  N: String,
  NS: asStrings,
  SS: (value) => value,
  BS: (value) => value,
  L: (value, path) =>
    Array.isArray(value) ? value.map((item, index) => toApiValue(item, `${path}[${index}]`)) : value,
  M: (value, path) => toApiItem(value, path),
}

/** What each type is in plain JSON: sets become lists, binary stays base64. */
const TO_JSON: Record<string, (value: unknown) => unknown> = {
  S: (value) => value,
  B: (value) => value,
  BOOL: (value) => value,
  NULL: () => null,
  N: Number,
  NS: (value) => (Array.isArray(value) ? value.map(Number) : value),
  SS: (value) => value,
  BS: (value) => value,
  L: (value) => (Array.isArray(value) ? value.map((item) => toJson(item as AttributeValue)) : value),
  M: (value) => itemToJson(value as Item),
}

/** @throws FieldError MappingTemplate when it isn't one typed value */
export function toApiValue(value: unknown, path: string): AttributeValue {
  const [type, ...more] = isRecord(value) ? Object.keys(value) : []
  const convert = type === undefined || more.length > 0 ? undefined : TO_API[type]
  if (type === undefined || !convert || !isRecord(value)) {
    throw mappingError(
      `Expected a typed DynamoDB value such as {"S": "text"} at '${path}', received ${
        JSON.stringify(value) ?? 'nothing'
      }.`,
    )
  }
  return { [type]: convert(value[type], path) }
}

/** A map of names to typed values: a key, an item, expression values. */
export function toApiItem(value: unknown, path: string): Item {
  if (!isRecord(value))
    throw mappingError(
      `Expected a map of typed DynamoDB values at '${path}', received ${JSON.stringify(value) ?? 'nothing'}.`,
    )
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toApiValue(one, `${path}[${name}]`)]))
}

export function itemToJson(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toJson(value)]))
}

function toJson(value: AttributeValue): unknown {
  const [type = '', raw] = Object.entries(value)[0] ?? []
  return TO_JSON[type]?.(raw)
}

const NUMERIC = new Set(['N', 'NS'])
const SETS = new Set(['SS', 'NS', 'BS'])

/** Text that is the same for equal values: numbers by value, sets and maps in any order. */
export function canonical(value: AttributeValue): string {
  const [type = '', raw] = Object.entries(value)[0] ?? []
  if (type === 'M') return `M${canonicalItem(raw as Item)}`
  if (type === 'L') return `L[${(raw as AttributeValue[]).map(canonical).join()}]`
  const normal = (one: unknown) => JSON.stringify(NUMERIC.has(type) ? Number(one) : one)
  return SETS.has(type) ? `${type}[${(raw as unknown[]).map(normal).sort().join()}]` : `${type}${normal(raw)}`
}

export function canonicalItem(item: Item): string {
  return `{${Object.keys(item)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(item[name] ?? {})}`)
    .join()}}`
}
