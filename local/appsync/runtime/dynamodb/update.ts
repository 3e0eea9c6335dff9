import { RuntimeFault } from '../signals.ts'
import { isPlainObject, kindOf } from '../to-json.ts'
import { toDynamoDB, type AttributeValue } from '../util/dynamodb-values.ts'
import { isOperation, type Operation } from './operations.ts'
import { attributes, expectPayload, expressionMember, passOn } from './payload.ts'
import { VERSIONING } from './single-item.ts'

/** Gathers the clauses of one update expression, with numbered placeholders as recorded from AWS. */
class UpdateExpression {
  private readonly sets: string[] = []
  private readonly removes: string[] = []
  private readonly names: Record<string, string> = {}
  private readonly values: Record<string, AttributeValue> = {}
  private nameCount = 0
  private valueCount = 0

  /** Adds the clauses of an object's members; objects that are no operation are updated member by member. */
  addMembers(members: Record<string, unknown>, path: string): void {
    for (const [name, value] of Object.entries(members)) {
      if (value === undefined) continue
      const target = `${path}${this.name(name)}`
      if (isOperation(value)) this.addOperation(target, value)
      else if (Array.isArray(value) && value.length > 0 && value.every(isOperation)) {
        for (const operation of value) this.addOperation(target, operation)
      } else if (isPlainObject(value) && Object.keys(value).length > 0) this.addMembers(value, `${target}.`)
      else this.sets.push(`${target} = ${this.value(value)}`)
    }
  }

  private addOperation(target: string, operation: Operation): void {
    switch (operation.type) {
      case 'OPERATION_ADD':
      case 'OPERATION_REPLACE':
        this.sets.push(`${target} = ${this.value(operation.value)}`)
        return
      case 'OPERATION_REMOVE':
        this.removes.push(target)
        return
      case 'OPERATION_INCREMENT':
        this.sets.push(`${target} = ${target} + ${this.value(operation.by)}`)
        return
      case 'OPERATION_DECREMENT':
        this.sets.push(`${target} = ${target} - ${this.value(operation.by)}`)
        return
      case 'OPERATION_APPEND':
        this.sets.push(`${target} = list_append(${target}, ${this.value(operation.items)})`)
        return
      case 'OPERATION_PREPEND':
        this.sets.push(`${target} = list_append(${this.value(operation.items)}, ${target})`)
        return
      case 'OPERATION_UPDATE_LIST_ITEM':
        this.sets.push(`${target}[${operation.index}] = ${this.value(operation.value)}`)
    }
  }

  private name(name: string): string {
    this.nameCount += 1
    const placeholder = `#expName_${this.nameCount}`
    this.names[placeholder] = name
    return placeholder
  }

  private value(value: unknown): string {
    this.valueCount += 1
    const placeholder = `:expValue_${this.valueCount}`
    this.values[placeholder] = toDynamoDB(value)
    return placeholder
  }

  /** `SET ... REMOVE ...`, whichever there are. */
  build() {
    const clauses = [
      ...(this.sets.length > 0 ? [`SET ${this.sets.join(', ')}`] : []),
      ...(this.removes.length > 0 ? [`REMOVE ${this.removes.join(', ')}`] : []),
    ]
    return { expression: clauses.join(' '), expressionNames: this.names, expressionValues: this.values }
  }
}

/** An update object as the `update` member of a request. */
export function updateMember(given: unknown) {
  if (!isPlainObject(given)) throw new RuntimeFault(`expected update to be an object, got ${kindOf(given)}`)
  const expression = new UpdateExpression()
  expression.addMembers(given, '')
  return expression.build()
}

export function update(given: unknown) {
  const payload = expectPayload(given, 'update')
  return {
    operation: 'UpdateItem',
    key: attributes(payload.key, 'key'),
    update: updateMember(payload.update),
    ...expressionMember(payload, 'condition'),
    ...passOn(payload, VERSIONING),
  }
}
