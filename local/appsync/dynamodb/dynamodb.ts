import { NotImplemented } from '../../aws/errors.ts'
import { isRecord } from '../../aws/json.ts'
import type { DataSource } from '../data-sources/data-source.ts'
import { mappingError } from '../errors.ts'
import { batchDeleteItem, batchGetItem, batchPutItem, deleteItem, getItem, putItem, updateItem } from './items.ts'
import { query, scan } from './lists.ts'
import type { Table, TableOperation } from './table.ts'
import { transactGetItems, transactWriteItems } from './transactions.ts'

const OPERATIONS: Record<string, TableOperation> = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  Scan: scan,
  BatchGetItem: batchGetItem,
  BatchPutItem: batchPutItem,
  BatchDeleteItem: batchDeleteItem,
  TransactWriteItems: transactWriteItems,
  TransactGetItems: transactGetItems,
}

/** Sync belongs to versioned data sources. */
const NOT_EMULATED = new Set(['Sync'])

/** The data source that reads and writes one DynamoDB table. */
export function dynamoDbDataSource(name: string, table: Table): DataSource {
  return {
    name,
    type: 'AMAZON_DYNAMODB',
    async invoke(request, call) {
      const operation = isRecord(request) ? request.operation : undefined
      if (!isRecord(request) || typeof operation !== 'string') {
        throw mappingError(
          `Expected a request object with an operation, received ${JSON.stringify(request) ?? 'nothing'}.`,
        )
      }
      if (NOT_EMULATED.has(operation)) throw new NotImplemented(`AppSync DynamoDB operation ${operation}`)
      const perform = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined
      if (!perform)
        throw mappingError(
          `Unsupported operation '${operation}'. Expected one of ${Object.keys(OPERATIONS).join(', ')}.`,
        )
      return perform(request, table, call)
    },
  }
}
