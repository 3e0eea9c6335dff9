import { readMap, readObject, readOptional } from '../data-sources/request-shape.ts'
import { toApiItem } from './attribute-values.ts'

const MEMBERS = ['expression', 'expressionNames', 'expressionValues']

/** One expression of a request object, with its placeholders. */
interface Expression {
  text: string
  names: Record<string, unknown>
  values: Record<string, unknown>
}

/** @param extra further members that this expression may have, e.g. a condition's `equalsIgnore` */
export function readExpression(value: unknown, path: string, extra: readonly string[] = []): Expression | undefined {
  if (value === undefined || value === null) return undefined
  const read = readObject(value, path, [...MEMBERS, ...extra])
  const text = readOptional<string>(read.expression, `${path}[expression]`, 'string')
  if (text === undefined) return undefined
  return {
    text,
    names: read.expressionNames ? readMap(read.expressionNames, `${path}[expressionNames]`) : {},
    values: read.expressionValues ? toApiItem(read.expressionValues, `${path}[expressionValues]`) : {},
  }
}

/** Members of the API's input for several expressions; their placeholders share one name space, as on AWS. */
export function expressionInput(expressions: Record<string, Expression | undefined>): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  const names: Record<string, unknown> = {}
  const values: Record<string, unknown> = {}
  for (const [member, expression] of Object.entries(expressions)) {
    if (!expression) continue
    input[member] = expression.text
    Object.assign(names, expression.names)
    Object.assign(values, expression.values)
  }
  if (Object.keys(names).length > 0) input.ExpressionAttributeNames = names
  if (Object.keys(values).length > 0) input.ExpressionAttributeValues = values
  return input
}
