import { isPlainObject } from '../to-json.ts'
import { toDynamoDB, type AttributeValue } from './dynamodb-values.ts'

/** An expression as AppSync's DynamoDB requests carry it. */
export interface Expression {
  expression: string
  expressionNames: Record<string, string>
  expressionValues: Record<string, AttributeValue>
}

/** A filter object that can't be rendered: AWS answers null for it, and no error. */
class Unrenderable extends Error {}

const COMPARISONS: Record<string, string> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' }

const FUNCTIONS: Record<string, string> = {
  contains: 'contains',
  notContains: 'NOT contains',
  beginsWith: 'begins_with',
}

const ATTRIBUTE_TYPES: Record<string, string> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
}

const JOINERS: Record<string, string> = { and: ' AND ', or: ' OR ' }

function join(parts: readonly string[], joiner: string): string {
  return parts.length > 1 ? `(${parts.join(joiner)})` : parts[0] ?? ''
}

/** Renders one filter object; the names of values tell their place in it (`:and_0_title_eq`), as recorded from AWS. */
class Renderer {
  readonly names: Record<string, string> = {}
  readonly values: Record<string, AttributeValue> = {}

  /** The parts of an object, to be joined by AND. */
  parts(filter: unknown, path: readonly string[]): string[] {
    if (!isPlainObject(filter)) throw new Unrenderable()
    return Object.entries(filter).map(([name, member]) => {
      const joiner = JOINERS[name]
      if (joiner !== undefined) return this.group(member, joiner, [...path, name])
      if (name === 'not') return `(NOT ${join(this.parts(member, [...path, name]), ' AND ')})`
      this.names[`#${name}`] = name
      return this.operators(member, `#${name}`, [...path, name])
    })
  }

  private group(members: unknown, joiner: string, path: readonly string[]): string {
    if (!Array.isArray(members)) throw new Unrenderable()
    return join(
      members.map((member, index) => join(this.parts(member, [...path, String(index)]), ' AND ')),
      joiner
    )
  }

  private operators(operators: unknown, operand: string, path: readonly string[]): string {
    if (!isPlainObject(operators)) throw new Unrenderable()
    return join(
      Object.entries(operators).map(([name, value]) => this.operator(name, value, operand, [...path, name])),
      ' AND '
    )
  }

  private operator(name: string, value: unknown, operand: string, path: readonly string[]): string {
    const comparison = COMPARISONS[name]
    if (comparison !== undefined) return `(${operand} ${comparison} ${this.value(value, path)})`
    const called = FUNCTIONS[name]
    if (called !== undefined) return `(${called}(${operand},${this.value(value, path)}))`
    switch (name) {
      case 'between': {
        if (!Array.isArray(value) || value.length < 2) throw new Unrenderable()
        const [start, end] = value as unknown[]
        return `(${operand} BETWEEN ${this.value(start, [...path, 'start'])} AND ${this.value(end, [...path, 'end'])})`
      }
      case 'in': {
        if (!Array.isArray(value)) throw new Unrenderable()
        const places = value.map((member, index) => this.value(member, [...path, String(index)]))
        return places.length === 0 ? '(null)' : `(${operand} IN (${places.join(', ')}))`
      }
      case 'attributeExists':
        if (typeof value !== 'boolean') throw new Unrenderable()
        return `(${value ? 'attribute_exists' : 'attribute_not_exists'}(${operand}))`
      case 'attributeType': {
        const type = typeof value === 'string' ? ATTRIBUTE_TYPES[value] : undefined
        if (type === undefined) throw new Unrenderable()
        return `(attribute_type(${operand},${this.value(type, path)}))`
      }
      case 'size':
        return this.operators(value, operand.startsWith('size(') ? operand : `size(${operand})`, path)
      default:
        throw new Unrenderable()
    }
  }

  private value(value: unknown, path: readonly string[]): string {
    const name = `:${path.join('_')}`
    this.values[name] = toDynamoDB(value)
    return name
  }
}

/**
 * A filter or condition object as a DynamoDB expression.
 * @returns null when the object can't be rendered: no object, an unknown operator, a group that is no list
 */
export function renderExpression(filter: unknown): Expression | null {
  const renderer = new Renderer()
  try {
    const expression = renderer.parts(filter, []).join(' AND ')
    return { expression, expressionNames: renderer.names, expressionValues: renderer.values }
  } catch (error) {
    if (error instanceof Unrenderable) return null
    throw error
  }
}

/** The expression as JSON text, or null when it can't be rendered. Filters and conditions are rendered alike. */
export function toExpressionText(filter: unknown): string | null {
  const expression = renderExpression(filter)
  return expression && JSON.stringify(expression)
}
