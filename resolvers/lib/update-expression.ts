import { util } from '@aws-appsync/utils'

/**
 * The `update` of an UpdateItem request: sets and removes attributes, and raises the version by one.
 * @param attributes by name
 * @param removed names of attributes that go
 */
export function updateExpression(attributes: Record<string, unknown>, removed: string[]) {
  const expressionNames: Record<string, string> = { '#version': 'version' }
  const values: Record<string, unknown> = { ':one': 1 }
  const assignments = Object.keys(attributes).map((name) => {
    expressionNames[`#${name}`] = name
    values[`:${name}`] = attributes[name]
    return `#${name} = :${name}`
  })
  const removals = removed.map((name) => {
    expressionNames[`#${name}`] = name
    return `#${name}`
  })
  const set = `SET ${assignments.join(', ')}, #version = #version + :one`
  return {
    expression: removals.length > 0 ? `${set} REMOVE ${removals.join(', ')}` : set,
    expressionNames,
    expressionValues: util.dynamodb.toMapValues(values),
  }
}
