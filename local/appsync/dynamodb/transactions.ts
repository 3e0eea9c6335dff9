import { AwsError } from '../../aws/errors.ts'
import { isRecord } from '../../aws/json.ts'
import type { Outcome } from '../data-sources/data-source.ts'
import { readList, readObject, readOptional } from '../data-sources/request-shape.ts'
import { mappingError } from '../errors.ts'
import { type Item, itemToJson, toApiItem } from './attribute-values.ts'
import { expressionInput, readExpression } from './expressions.ts'
import { callDynamoDb, dynamoDbError, type TableOperation } from './table.ts'

/** What a kind of write is called in DynamoDB's API, and the members that it has beside those of all. */
const WRITES: Record<string, { action: string; members: string[] }> = {
  PutItem: { action: 'Put', members: ['attributeValues'] },
  UpdateItem: { action: 'Update', members: ['update'] },
  DeleteItem: { action: 'Delete', members: [] },
  ConditionCheck: { action: 'ConditionCheck', members: [] },
}
const RETURNS_ITEM = 'returnValuesOnConditionCheckFailure'
/** What AppSync says for a reason without a message. Source: developer guide, "TransactWriteItems". */
const NO_MESSAGE = 'None'

/**
 * TransactWriteItems: `{keys: [key], cancellationReasons: null}` in the request's order; a cancelled one is an error
 * with `{keys: null, cancellationReasons: [{type, message, item}]}`. The tables are those that the items name: what
 * the data source's role may do decides. Source: developer guide, "TransactWriteItems".
 */
export const transactWriteItems: TableOperation = async (request, table) => {
  const writes = readItems(request).map(readWrite)
  const TransactItems = writes.map(({ action, input }) => ({ [action]: input }))
  try {
    await callDynamoDb(table, 'TransactWriteItems', { TransactItems })
    return { result: { keys: writes.map(({ key }) => itemToJson(key)), cancellationReasons: null } }
  } catch (error) {
    return failure('keys', error)
  }
}

/** TransactGetItems: `{items: [item or null], cancellationReasons: null}`, in the request's order. */
export const transactGetItems: TableOperation = async (request, table) => {
  const TransactItems = readItems(request).map((value, index) => {
    const path = `$[transactItems][${index}]`
    const read = readObject(value, path, ['table', 'key', 'projection'])
    const projection = readExpression(read.projection, `${path}[projection]`)
    return { Get: { ...readTarget(read, path), ...expressionInput({ ProjectionExpression: projection }) } }
  })
  try {
    const { Responses } = await callDynamoDb(table, 'TransactGetItems', { TransactItems })
    const items = (Responses as { Item?: Item }[]).map(({ Item: item }) => (item ? itemToJson(item) : null))
    return { result: { items, cancellationReasons: null } }
  } catch (error) {
    return failure('items', error)
  }
}

function readItems(request: Record<string, unknown>): unknown[] {
  return readList(
    readObject(request, '$', ['operation', 'version', 'transactItems']).transactItems,
    '$[transactItems]',
  )
}

function readTarget(read: Record<string, unknown>, path: string): { TableName: string; Key: Item } {
  const TableName = readOptional<string>(read.table, `${path}[table]`, 'string')
  if (TableName === undefined) throw mappingError(`Expected the name of a table at '${path}[table]', received nothing.`)
  return { TableName, Key: toApiItem(read.key, `${path}[key]`) }
}

function readWrite(value: unknown, index: number): { action: string; key: Item; input: Record<string, unknown> } {
  const path = `$[transactItems][${index}]`
  const operation = isRecord(value) ? value.operation : undefined
  const kind = typeof operation === 'string' && Object.hasOwn(WRITES, operation) ? WRITES[operation] : undefined
  if (!kind) {
    throw mappingError(
      `Expected one of ${Object.keys(WRITES).join(', ')} at '${path}[operation]', received ${
        JSON.stringify(operation) ?? 'nothing'
      }.`,
    )
  }
  const read = readObject(value, path, ['table', 'operation', 'key', 'condition', ...kind.members])
  const { TableName, Key } = readTarget(read, path)
  const condition = readExpression(read.condition, `${path}[condition]`, [RETURNS_ITEM])
  if (!condition && operation === 'ConditionCheck') {
    throw mappingError(`Expected an expression at '${path}[condition]', received nothing.`)
  }
  const attributes =
    read.attributeValues === undefined ? {} : toApiItem(read.attributeValues, `${path}[attributeValues]`)
  return {
    action: kind.action,
    key: Key,
    input: {
      TableName,
      ...(operation === 'PutItem' ? { Item: { ...attributes, ...Key } } : { Key }),
      ...expressionInput({
        ConditionExpression: condition,
        UpdateExpression: readExpression(read.update, `${path}[update]`),
      }),
      ...(condition && { ReturnValuesOnConditionCheckFailure: returnsItem(read.condition, path) ? 'ALL_OLD' : 'NONE' }),
    },
  }
}

function returnsItem(condition: unknown, path: string): boolean {
  const value = isRecord(condition) ? condition[RETURNS_ITEM] : undefined
  return readOptional<boolean>(value, `${path}[condition][${RETURNS_ITEM}]`, 'boolean') ?? true
}

function failure(member: 'keys' | 'items', error: unknown): Outcome {
  const reasons = error instanceof AwsError ? error.members.CancellationReasons : undefined
  const cancellationReasons = Array.isArray(reasons) ? reasons.filter(isRecord).map(reasonOf) : null
  return { result: { [member]: null, cancellationReasons }, error: dynamoDbError(error) }
}

function reasonOf({ Code, Message, Item: item }: Record<string, unknown>): Record<string, unknown> {
  return { ...(isRecord(item) && { item: itemToJson(item as Item) }), type: Code, message: Message ?? NO_MESSAGE }
}
