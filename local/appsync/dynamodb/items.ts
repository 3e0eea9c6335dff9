import { NotImplemented } from '../../aws/errors.ts'
import { isRecord } from '../../aws/json.ts'
import { readList, readObject, readOptional } from '../data-sources/request-shape.ts'
import { mappingError } from '../errors.ts'
import { canonical, type Item, itemToJson, toApiItem } from './attribute-values.ts'
import { conditionalWrite } from './conditional-write.ts'
import { expressionInput, readExpression } from './expressions.ts'
import { callDynamoDb, dynamoDbError, type TableOperation } from './table.ts'

/** Members of versioned data sources (conflict detection). */
const VERSIONED_MEMBERS = ['_version', 'customPartitionKey', 'populateIndexFields']

/** GetItem: the item, or null. */
export const getItem: TableOperation = async (request, table) => {
  const read = readObject(request, '$', ['operation', 'version', 'key', 'consistentRead', 'projection'])
  const input = {
    TableName: table.tableName,
    Key: toApiItem(read.key, '$[key]'),
    ConsistentRead: readOptional<boolean>(read.consistentRead, '$[consistentRead]', 'boolean') ?? false,
    ...expressionInput({ ProjectionExpression: readExpression(read.projection, '$[projection]') }),
  }
  try {
    const { Item: item } = await callDynamoDb(table, 'GetItem', input)
    return { result: item ? itemToJson(item as Item) : null }
  } catch (error) {
    return { result: null, error: dynamoDbError(error) }
  }
}

/** PutItem: the item as written. */
export const putItem: TableOperation = (request, table, call) => {
  const read = readWrite(request, ['attributeValues'])
  const key = toApiItem(read.key, '$[key]')
  const attributes = read.attributeValues === undefined ? {} : toApiItem(read.attributeValues, '$[attributeValues]')
  const item = { ...attributes, ...key }
  return conditionalWrite(
    { operation: 'PutItem', request: read, key, input: { Item: item }, wanted: item },
    table,
    call,
  )
}

/** UpdateItem: the item after the update. */
export const updateItem: TableOperation = (request, table, call) => {
  const read = readWrite(request, ['update'])
  const key = toApiItem(read.key, '$[key]')
  return conditionalWrite(
    { operation: 'UpdateItem', request: read, key, input: { Key: key, ReturnValues: 'ALL_NEW' } },
    table,
    call,
  )
}

/** DeleteItem: the item as it was, or null. */
export const deleteItem: TableOperation = (request, table, call) => {
  const read = readWrite(request, [])
  const key = toApiItem(read.key, '$[key]')
  return conditionalWrite(
    { operation: 'DeleteItem', request: read, key, input: { Key: key, ReturnValues: 'ALL_OLD' } },
    table,
    call,
  )
}

function readWrite(request: Record<string, unknown>, members: string[]): Record<string, unknown> {
  const versioned = VERSIONED_MEMBERS.find((name) => request[name] !== undefined && request[name] !== null)
  if (versioned !== undefined) throw new NotImplemented(`AppSync conflict detection (${versioned})`)
  return readObject(request, '$', ['operation', 'version', 'key', 'condition', ...VERSIONED_MEMBERS, ...members])
}

/** BatchGetItem: `{data: {table: [item or null, in the keys' order]}, unprocessedKeys: {table: [key]}}`. */
export const batchGetItem: TableOperation = async (request, table) => {
  const tables = readTables(request)
  const keysOf = new Map<string, Item[]>()
  const requestItems = Object.fromEntries(
    Object.entries(tables).map(([name, one]) => {
      const path = `$[tables][${name}]`
      const read = readObject(one, path, ['keys', 'consistentRead', 'projection'])
      const keys = readList(read.keys, `${path}[keys]`).map((key, index) => toApiItem(key, `${path}[keys][${index}]`))
      keysOf.set(name, keys)
      return [
        name,
        {
          Keys: keys,
          ConsistentRead: readOptional<boolean>(read.consistentRead, `${path}[consistentRead]`, 'boolean') ?? false,
          ...expressionInput({ ProjectionExpression: readExpression(read.projection, `${path}[projection]`) }),
        },
      ]
    }),
  )
  try {
    const answer = await callDynamoDb(table, 'BatchGetItem', { RequestItems: requestItems })
    const responses = answer.Responses as Record<string, Item[]>
    const unprocessed = answer.UnprocessedKeys as Record<string, { Keys: Item[] }>
    const data = Object.fromEntries(
      [...keysOf].map(([name, keys]) => [
        name,
        keys.map((key) => {
          const found = responses[name]?.find((item) =>
            Object.entries(key).every(([attribute, value]) => canonical(item[attribute] ?? {}) === canonical(value)),
          )
          return found ? itemToJson(found) : null
        }),
      ]),
    )
    const unprocessedKeys = Object.fromEntries(
      [...keysOf.keys()].map((name) => [name, (unprocessed[name]?.Keys ?? []).map(itemToJson)]),
    )
    return { result: { data, unprocessedKeys } }
  } catch (error) {
    return { result: null, error: dynamoDbError(error) }
  }
}

/** BatchPutItem: `{data: {table: [item]}, unprocessedItems: {table: [item]}}`. */
export const batchPutItem: TableOperation = batchWrite(
  'unprocessedItems',
  (item) => ({ PutRequest: { Item: item } }),
  'Item',
)

/** BatchDeleteItem: `{data: {table: [key]}, unprocessedKeys: {table: [key]}}`. */
export const batchDeleteItem: TableOperation = batchWrite(
  'unprocessedKeys',
  (key) => ({ DeleteRequest: { Key: key } }),
  'Key',
)

function batchWrite(
  unprocessedName: string,
  write: (item: Item) => Record<string, unknown>,
  member: 'Item' | 'Key',
): TableOperation {
  return async (request, table) => {
    const written = new Map(
      Object.entries(readTables(request)).map(([name, list]) => [
        name,
        readList(list, `$[tables][${name}]`).map((item, index) => toApiItem(item, `$[tables][${name}][${index}]`)),
      ]),
    )
    const requestItems = Object.fromEntries([...written].map(([name, items]) => [name, items.map(write)]))
    try {
      const answer = await callDynamoDb(table, 'BatchWriteItem', { RequestItems: requestItems })
      const left = answer.UnprocessedItems as Record<string, Record<string, Record<'Item' | 'Key', Item>>[]>
      const unprocessed = new Map(
        [...written.keys()].map((name) => [
          name,
          (left[name] ?? []).flatMap((one) => Object.values(one).map((inner) => itemToJson(inner[member]))),
        ]),
      )
      const data = Object.fromEntries([...written].map(([name, items]) => [name, items.map(itemToJson)]))
      return { result: { data, [unprocessedName]: Object.fromEntries(unprocessed) } }
    } catch (error) {
      return { result: null, error: dynamoDbError(error) }
    }
  }
}

function readTables(request: Record<string, unknown>): Record<string, unknown> {
  const { tables } = readObject(request, '$', ['operation', 'version', 'tables'])
  if (!isRecord(tables))
    throw mappingError(`Expected an object at '$[tables]', received ${JSON.stringify(tables) ?? 'nothing'}.`)
  return tables
}
