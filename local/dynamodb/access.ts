import { AwsError } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'

export interface TablePlace {
  region: string
  accountId: string
}

/** Operations on no table in particular. */
const ON_ANY_TABLE = new Set(['ListTables'])
/** Operations that name several tables in `RequestItems`. */
const ON_REQUEST_ITEMS = new Set(['BatchGetItem', 'BatchWriteItem'])
/** Operations that name their table by ARN. */
const ON_RESOURCE_ARN = new Set(['ListTagsOfResource', 'TagResource', 'UntagResource'])

/**
 * ARNs on which the caller needs `dynamodb:<operation>`.
 * Source: "Actions, resources, and condition keys for Amazon DynamoDB" in the Service Authorization Reference.
 */
export function resourcesOf(operation: string, input: Record<string, unknown>, place: TablePlace): string[] {
  if (ON_ANY_TABLE.has(operation)) return [tableArn('*', place)]
  if (ON_RESOURCE_ARN.has(operation)) return [String(input.ResourceArn)]
  if (ON_REQUEST_ITEMS.has(operation)) {
    return isRecord(input.RequestItems) ? Object.keys(input.RequestItems).map((name) => tableArn(name, place)) : []
  }
  const table = tableArn(String(input.TableName), place)
  return [typeof input.IndexName === 'string' ? `${table}/index/${input.IndexName}` : table]
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
  return result
}

function tableArn(name: string, { region, accountId }: TablePlace): string {
  return `arn:aws:dynamodb:${region}:${accountId}:table/${name}`
}
