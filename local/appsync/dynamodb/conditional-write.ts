import { AwsError } from '../../aws/errors.ts'
import { isRecord } from '../../aws/json.ts'
import type { DataSourceCall, Outcome } from '../data-sources/data-source.ts'
import { readList, readObject, readOptional } from '../data-sources/request-shape.ts'
import { FieldError, mappingError } from '../errors.ts'
import { canonicalItem, type Item, itemToJson, toApiItem } from './attribute-values.ts'
import { expressionInput, readExpression } from './expressions.ts'
import { callDynamoDb, dynamoDbError, type Table } from './table.ts'

const CONDITION_MEMBERS = ['equalsIgnore', 'consistentRead', 'conditionalCheckFailedHandler']
const STRATEGIES = ['Reject', 'Custom']

/** A write that may have a condition. */
export interface Write {
  operation: 'PutItem' | 'UpdateItem' | 'DeleteItem'
  /** The request object. */
  request: Record<string, unknown>
  key: Item
  input: Record<string, unknown>
  /** The item that should be there afterwards; PutItem alone knows it. */
  wanted?: Item
}

/**
 * Writes, and when the condition fails looks at the item as it stands: a PutItem that finds what it wanted to write,
 * and
 * a DeleteItem that finds nothing, count as successes; anything else is refused with the current item as `ctx.result`,
 * or decided by a Lambda function. Source: developer guide, "Condition expressions", Handling a condition check
 * failure.
 */
export async function conditionalWrite(write: Write, table: Table, call: DataSourceCall): Promise<Outcome> {
  return attempt(write, table, call, false)
}

async function attempt(write: Write, table: Table, call: DataSourceCall, isRetry: boolean): Promise<Outcome> {
  const condition = readExpression(write.request.condition, '$[condition]', CONDITION_MEMBERS)
  const options = readOptions(write.request.condition)
  const input = {
    TableName: table.tableName,
    ...write.input,
    ...expressionInput({
      ConditionExpression: condition,
      UpdateExpression: readExpression(write.request.update, '$[update]'),
    }),
  }
  try {
    const answer = await callDynamoDb(table, write.operation, input)
    const attributes = write.wanted ?? (answer.Attributes as Item | undefined)
    return { result: attributes ? itemToJson(attributes) : null }
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException')
      return { result: null, error: dynamoDbError(error) }
    const failed = dynamoDbError(error)
    const current = await readCurrent(write, table, options.consistentRead)
    if (isAsWanted(write, current, options.equalsIgnore)) return { result: current ? itemToJson(current) : null }
    const rejected: Outcome = { result: current ? itemToJson(current) : null, error: failed }
    return options.lambdaArn === undefined || isRetry
      ? rejected
      : decideByLambda(options.lambdaArn, write, current, rejected, table, call)
  }
}

interface ConditionOptions {
  equalsIgnore: ReadonlySet<string>
  consistentRead: boolean
  lambdaArn: string | undefined
}

function readOptions(value: unknown): ConditionOptions {
  const condition = isRecord(value) ? value : {}
  const path = '$[condition][conditionalCheckFailedHandler]'
  const handler = condition.conditionalCheckFailedHandler
    ? readObject(condition.conditionalCheckFailedHandler, path, ['strategy', 'lambdaArn'])
    : {}
  const strategy = readOptional<string>(handler.strategy, `${path}[strategy]`, 'string') ?? 'Reject'
  if (!STRATEGIES.includes(strategy))
    throw mappingError(`Expected one of ${STRATEGIES.join(', ')} at '${path}[strategy]', received '${strategy}'.`)
  const lambdaArn = readOptional<string>(handler.lambdaArn, `${path}[lambdaArn]`, 'string')
  if ((strategy === 'Custom') !== (lambdaArn !== undefined)) {
    throw mappingError(`Expected a lambdaArn with strategy Custom alone at '${path}', received strategy '${strategy}'.`)
  }
  return {
    equalsIgnore: new Set(
      condition.equalsIgnore ? readList(condition.equalsIgnore, '$[condition][equalsIgnore]').map(String) : [],
    ),
    consistentRead: readOptional<boolean>(condition.consistentRead, '$[condition][consistentRead]', 'boolean') ?? true,
    lambdaArn,
  }
}

async function readCurrent(write: Write, table: Table, consistentRead: boolean): Promise<Item | undefined> {
  const { Item: item } = await callDynamoDb(table, 'GetItem', {
    TableName: table.tableName,
    Key: write.key,
    ConsistentRead: consistentRead,
  })
  return item as Item | undefined
}

function isAsWanted(
  { operation, wanted }: Write,
  current: Item | undefined,
  equalsIgnore: ReadonlySet<string>,
): boolean {
  if (operation === 'DeleteItem') return current === undefined
  if (!wanted || !current) return false
  const relevant = (item: Item) =>
    canonicalItem(Object.fromEntries(Object.entries(item).filter(([name]) => !equalsIgnore.has(name))))
  return relevant(wanted) === relevant(current)
}

/**
 * Strategy `Custom`: the function answers `{action: 'reject' | 'discard' | 'retry', retryMapping}`. A retry that
 * fails again is refused.
 */
async function decideByLambda(
  lambdaArn: string,
  write: Write,
  current: Item | undefined,
  rejected: Outcome,
  table: Table,
  call: DataSourceCall,
): Promise<Outcome> {
  const { payload, functionError } = await table.invokeLambda(
    lambdaArn,
    {
      arguments: call.arguments,
      requestMapping: write.request,
      currentValue: current ?? null,
      resolver: {
        tableName: table.tableName,
        awsRegion: table.region,
        parentType: call.typeName,
        field: call.fieldName,
        outputType: call.outputType,
      },
      identity: call.principal.identity,
    },
    table.caller,
  )
  if (functionError !== undefined) {
    throw new FieldError(`The conditionalCheckFailedHandler ${lambdaArn} failed: ${JSON.stringify(payload)}`, {
      errorType: `Lambda:${functionError}`,
    })
  }
  const answer = isRecord(payload) ? payload : {}
  if (answer.action === 'reject') return rejected
  if (answer.action === 'discard') return { result: current ? itemToJson(current) : null }
  if (answer.action !== 'retry')
    throw mappingError(
      `Expected action reject, discard or retry from ${lambdaArn}, received ${
        JSON.stringify(answer.action) ?? 'nothing'
      }.`,
    )
  return attempt(retried(write, answer.retryMapping), table, call, true)
}

function retried(write: Write, value: unknown): Write {
  const mapping = readObject(value, '$[retryMapping]', ['attributeValues', 'update', 'condition'])
  const request = { ...write.request, condition: undefined, ...mapping }
  if (write.operation !== 'PutItem' || mapping.attributeValues === undefined) return { ...write, request }
  const item = { ...toApiItem(mapping.attributeValues, '$[retryMapping][attributeValues]'), ...write.key }
  return { ...write, request, input: { ...write.input, Item: item }, wanted: item }
}
