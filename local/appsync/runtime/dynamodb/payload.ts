import { RuntimeFault } from '../signals.ts'
import { isPlainObject, kindOf } from '../to-json.ts'
import { renderExpression } from '../util/dynamodb-expression.ts'
import { toMapValues, type AttributeValue } from '../util/dynamodb-values.ts'

export type Payload = Record<string, unknown>

/** The object that a helper is given. */
export function expectPayload(payload: unknown, helper: string): Payload {
  if (!isPlainObject(payload))
    throw new RuntimeFault(`expected ${helper} to be given an object, got ${kindOf(payload)}`)
  return payload
}

export function expectList(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new RuntimeFault(`expected ${what} to be an array, got ${kindOf(value)}`)
  return value
}

/** A key, or the attributes of an item, in DynamoDB's own types. */
export function attributes(value: unknown, what: string): Record<string, AttributeValue> {
  const values = toMapValues(isPlainObject(value) ? value : undefined)
  if (!values) throw new RuntimeFault(`expected ${what} to be an object, got ${kindOf(value)}`)
  return values
}

/** Members that are passed on as they are; what is absent or null is left out. */
export function passOn(payload: Payload, names: readonly string[]): Payload {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = payload[name]
      return value === undefined || value === null ? [] : [[name, value] as const]
    })
  )
}

/** A member that holds a filter object, as an expression; absent or null: left out. */
export function expressionMember(payload: Payload, name: string): Payload {
  const filter = payload[name]
  if (filter === undefined || filter === null) return {}
  const expression = renderExpression(filter)
  if (!expression) throw new RuntimeFault(`expected ${name} to be fields with operators, got ${JSON.stringify(filter)}`)
  return { [name]: expression }
}

/** `['a', 'b.c', 'd[1]']` as a projection expression with a placeholder for every name; absent: left out. */
export function projectionMember(payload: Payload): Payload {
  const { projection } = payload
  if (projection === undefined || projection === null) return {}
  const expressionNames: Record<string, string> = {}
  const paths = expectList(projection, 'projection').map((path) =>
    String(path)
      .split('.')
      .map((part) => {
        const [, name = part, index = ''] = /^(.*?)((?:\[\d+\])*)$/.exec(part) ?? []
        expressionNames[`#${name}`] = name
        return `#${name}${index}`
      })
      .join('.')
  )
  return { projection: { expression: paths.join(', '), expressionNames } }
}
