import type { DataSourceCall, Outcome } from '../data-sources/data-source.ts'
import { readObject, readOptional } from '../data-sources/request-shape.ts'
import { mappingError } from '../errors.ts'
import { principalKey } from '../auth/identity.ts'
import { type Item, itemToJson } from './attribute-values.ts'
import { expressionInput, readExpression } from './expressions.ts'
import { callDynamoDb, dynamoDbError, type Table, type TableOperation } from './table.ts'

const SHARED = [
  'operation',
  'version',
  'index',
  'limit',
  'nextToken',
  'consistentRead',
  'filter',
  'projection',
  'select',
]
/** Source: developer guide, "Query" and "Scan". */
const SELECT = ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']

/** AppSync's own answer to a token it can't use, reported word for word by its users. */
const INVALID_TOKEN: Outcome = {
  result: null,
  error: {
    type: 'DynamoDB:UserIllegalArgumentException',
    message:
      'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
  },
}

/**
 * Query: one page of `{items, nextToken, scannedCount}`. The filter applies after the limit, so a page may be empty
 * and yet have a next one.
 */
export const query: TableOperation = async (request, table, call) => {
  const read = readObject(request, '$', [...SHARED, 'query', 'scanIndexForward'])
  const key = readExpression(read.query, '$[query]')
  if (!key) throw mappingError("Expected an expression at '$[query][expression]', received nothing.")
  const forward = readOptional<boolean>(read.scanIndexForward, '$[scanIndexForward]', 'boolean')
  return page(
    'Query',
    read,
    { KeyConditionExpression: key },
    forward === undefined ? {} : { ScanIndexForward: forward },
    table,
    call,
  )
}

/** Scan: like Query without a key; `totalSegments` and `segment` for parallel scans. */
export const scan: TableOperation = async (request, table, call) => {
  const read = readObject(request, '$', [...SHARED, 'totalSegments', 'segment'])
  const segments: Record<string, unknown> = {}
  const totalSegments = readOptional<number>(read.totalSegments, '$[totalSegments]', 'number')
  if (totalSegments !== undefined) Object.assign(segments, { TotalSegments: totalSegments, Segment: read.segment ?? 0 })
  return page('Scan', read, {}, segments, table, call)
}

async function page(
  operation: 'Query' | 'Scan',
  read: Record<string, unknown>,
  keyed: { KeyConditionExpression?: ReturnType<typeof readExpression> },
  extra: Record<string, unknown>,
  table: Table,
  call: DataSourceCall,
): Promise<Outcome> {
  const index = readOptional<string>(read.index, '$[index]', 'string')
  const list = JSON.stringify([
    table.apiId,
    table.tableName,
    operation,
    index ?? null,
    keyed,
    extra,
    principalKey(call.principal),
  ])
  const token = readOptional<string>(read.nextToken, '$[nextToken]', 'string')
  const startKey = token === undefined ? undefined : table.nextTokens.open(token, list)
  if (token !== undefined && startKey === undefined) return INVALID_TOKEN
  const input = {
    TableName: table.tableName,
    ...expressionInput({
      ...keyed,
      FilterExpression: readExpression(read.filter, '$[filter]'),
      ProjectionExpression: readExpression(read.projection, '$[projection]'),
    }),
    ...extra,
    ...(index !== undefined && { IndexName: index }),
    ...optional('Limit', readOptional<number>(read.limit, '$[limit]', 'number')),
    ...optional('ConsistentRead', readOptional<boolean>(read.consistentRead, '$[consistentRead]', 'boolean')),
    ...optional('Select', selectOf(read.select)),
    ...optional('ExclusiveStartKey', startKey),
  }
  try {
    const answer = await callDynamoDb(table, operation, input)
    const last = answer.LastEvaluatedKey as Item | undefined
    return {
      result: {
        items: (answer.Items as Item[]).map(itemToJson),
        nextToken: last ? table.nextTokens.seal(last, list) : null,
        scannedCount: answer.ScannedCount,
      },
    }
  } catch (error) {
    return { result: null, error: dynamoDbError(error) }
  }
}

function selectOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || !SELECT.includes(value)) {
    throw mappingError(`Expected one of ${SELECT.join(', ')} at '$[select]', received ${JSON.stringify(value)}.`)
  }
  return value
}

function optional(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value }
}
