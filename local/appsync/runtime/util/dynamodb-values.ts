import { RuntimeFault } from '../signals.ts'
import { isPlainObject, kindOf } from '../to-json.ts'

/** A value with its DynamoDB type. As recorded, numbers stay numbers, `{"N": 12345}`, and null is `{"NULL": null}`. */
export type AttributeValue = Record<string, unknown>

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined

/** Wraps a value by its type's name; of null and undefined makes null. */
const wrapAs =
  (type: string) =>
  (value: unknown): AttributeValue | null =>
    isAbsent(value) ? null : { [type]: value }

/** Wraps an array; of null and undefined makes null. */
const wrapListAs =
  (type: string, name: string) =>
  (values: unknown): AttributeValue | null => {
    if (isAbsent(values)) return null
    if (!Array.isArray(values))
      throw new RuntimeFault(`expected the values of ${name} to be an array, got ${kindOf(values)}`)
    return { [type]: values }
  }

export const toNull = (): AttributeValue => ({ NULL: null })

/** Picks the type by the value: text S, number N, boolean BOOL, null NULL, array L, object M; never a set. */
export function toDynamoDB(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value }
    case 'number':
      return { N: value }
    case 'boolean':
      return { BOOL: value }
    case 'undefined':
      return toNull()
    case 'object':
      if (value === null) return toNull()
      return Array.isArray(value) ? { L: value.map(toDynamoDB) } : { M: mapValues(value as Record<string, unknown>) }
    default:
      throw new RuntimeFault(`expected a value that DynamoDB can store, got ${kindOf(value)}`)
  }
}

/** Members that are undefined are left out: JSON, by which AWS takes them, has no such value. */
function mapValues(value: Record<string, unknown>): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = {}
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) values[name] = toDynamoDB(member)
  }
  return values
}

export function toMapValues(value: unknown): Record<string, AttributeValue> | null {
  if (isAbsent(value)) return null
  if (!isPlainObject(value))
    throw new RuntimeFault(`expected the value of toMapValues to be an object, got ${kindOf(value)}`)
  return mapValues(value)
}

export function toMap(value: unknown): AttributeValue | null {
  const values = toMapValues(value)
  return values && { M: values }
}

export function toList(value: unknown): AttributeValue | null {
  if (isAbsent(value)) return null
  if (!Array.isArray(value)) throw new RuntimeFault(`expected the value of toList to be an array, got ${kindOf(value)}`)
  return { L: value.map(toDynamoDB) }
}

export const toString = wrapAs('S')
export const toNumber = wrapAs('N')
export const toBinary = wrapAs('B')
export const toBoolean = wrapAs('BOOL')
export const toStringSet = wrapListAs('SS', 'toStringSet')
export const toNumberSet = wrapListAs('NS', 'toNumberSet')
export const toBinarySet = wrapListAs('BS', 'toBinarySet')

/** The text by which an item refers to an object in S3. */
export function toS3Object(key: unknown, bucket: unknown, region: unknown, version?: unknown): AttributeValue | null {
  return toString(JSON.stringify({ s3: { key, bucket, region, ...(version === undefined ? {} : { version }) } }))
}

/** Reads what `toS3Object` wrote: the members key, bucket, region and, if given, version. */
export function fromS3ObjectJson(text: unknown): unknown {
  if (typeof text !== 'string') throw new RuntimeFault(`expected the JSON of an S3 object, got ${kindOf(text)}`)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new RuntimeFault(`expected the JSON of an S3 object, got ${text}`)
  }
  if (!isPlainObject(parsed) || !isPlainObject(parsed.s3)) {
    throw new RuntimeFault(`expected an object with the member s3, got ${text}`)
  }
  return parsed.s3
}
