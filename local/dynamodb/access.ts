import { AwsError } from '../aws/errors.ts'
import type { AccessRequest } from '../aws/iam.ts'
import { isRecord } from '../aws/json.ts'

export interface TablePlace {
  region: string
  accountId: string
}

/** Operations on no table in particular. */
const ON_ANY_TABLE = new Set(['ListTables'])
/** Operations that name several tables in `RequestItems`. */
const ON_REQUEST_ITEMS = new Set(['BatchGetItem', 'BatchWriteItem'])
/** Operations whose actions name their tables, each its own. */
const ON_TRANSACT_ITEMS = new Set(['TransactWriteItems', 'TransactGetItems'])
/** Operations that name their table by ARN. */
const ON_RESOURCE_ARN = new Set(['ListTagsOfResource', 'TagResource', 'UntagResource'])

/**
 * What each action of a transaction needs.
 * Source: DynamoDB developer guide, "Using IAM with DynamoDB transactions".
 */
const TRANSACTION_PERMISSIONS: Record<string, string> = {
  ConditionCheck: 'ConditionCheckItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
}

/**
 * What the caller of an operation needs.
 * Source: "Actions, resources, and condition keys for Amazon DynamoDB" in the Service Authorization Reference.
 */
export function permissionsFor(operation: string, input: Record<string, unknown>, place: TablePlace): AccessRequest[] {
  const on = (resource: string): AccessRequest => ({ action: `dynamodb:${operation}`, resource })
  if (ON_ANY_TABLE.has(operation)) return [on(tableArn('*', place))]
  if (ON_RESOURCE_ARN.has(operation)) return [on(String(input.ResourceArn))]
  if (ON_REQUEST_ITEMS.has(operation)) {
    return isRecord(input.RequestItems) ? Object.keys(input.RequestItems).map((name) => on(tableArn(name, place))) : []
  }
  if (ON_TRANSACT_ITEMS.has(operation)) {
    return actionsOf(input).map(([kind, { TableName }]) => ({
      action: `dynamodb:${TRANSACTION_PERMISSIONS[kind] ?? kind}`,
      resource: tableArn(String(TableName), place),
      context: { 'dynamodb:enclosingoperation': operation },
    }))
  }
  const table = tableArn(String(input.TableName), place)
  return [on(typeof input.IndexName === 'string' ? `${table}/index/${input.IndexName}` : table)]
}

const TABLE_ARN = /^arn:aws:dynamodb:([^:]+):([^:]+):table\/([^/]+)$/

/**
 * `TableName` may be a table's ARN; the store knows names only.
 * @throws AwsError ResourceNotFoundException for a table of another region or account
 */
export function namesInsteadOfArns(input: Record<string, unknown>, place: TablePlace): Record<string, unknown> {
  const toName = (name: string): string => {
    const [, region, accountId, tableName] = TABLE_ARN.exec(name) ?? []
    if (tableName === undefined) return name
    if (region !== place.region || accountId !== place.accountId) {
      throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${name}`)
    }
    return tableName
  }
  const result = { ...input }
  if (typeof input.TableName === 'string') result.TableName = toName(input.TableName)
  if (isRecord(input.RequestItems)) {
    result.RequestItems = Object.fromEntries(
      Object.entries(input.RequestItems).map(([name, request]) => [toName(name), request]),
    )
  }
  if (Array.isArray(input.TransactItems)) {
    result.TransactItems = input.TransactItems.map((entry: unknown) =>
      isRecord(entry)
        ? Object.fromEntries(Object.entries(entry).map(([kind, action]) => [kind, withName(action, toName)]))
        : entry,
    )
  }
  return result
}

function withName(action: unknown, toName: (name: string) => string): unknown {
  if (!isRecord(action) || typeof action.TableName !== 'string') return action
  return { ...action, TableName: toName(action.TableName) }
}

/** Actions of a transaction by their kind; what is none is left for the transaction to refuse. */
function actionsOf({ TransactItems }: Record<string, unknown>): [kind: string, action: Record<string, unknown>][] {
  const entries = (Array.isArray(TransactItems) ? TransactItems : []).filter(isRecord).flatMap(Object.entries)
  return entries.filter((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))
}

function tableArn(name: string, { region, accountId }: TablePlace): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name}`
}
