import { randomBytes } from 'node:crypto'
import { AwsError, NotImplemented } from '../../aws/errors.ts'
import type { Caller } from '../../aws/caller.ts'
import type { JsonService } from '../../aws/json-service.ts'
import type { DataSourceCall, Outcome } from '../data-sources/data-source.ts'
import type { NextTokens } from './next-tokens.ts'

/** What the operations of one DynamoDB data source work with. */
export interface Table {
  tableName: string
  apiId: string
  caller: Caller
  dynamodb: JsonService
  nextTokens: NextTokens
  invokeLambda: (
    functionArn: string,
    payload: unknown,
    caller: Caller,
  ) => Promise<{ payload: unknown; functionError?: string | undefined }>
  region: string
}

/** One operation of the data source: request object in, `ctx.result` out. */
export type TableOperation = (request: Record<string, unknown>, table: Table, call: DataSourceCall) => Promise<Outcome>

/** Calls DynamoDB as the data source's service role. */
export function callDynamoDb(
  table: Table,
  operation: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return table.dynamodb.call(operation, input, table.caller)
}

/** Bytes that make a request id of the length that DynamoDB's have. */
const REQUEST_ID_BYTES = 26

/**
 * An error of DynamoDB as `ctx.error`: type `DynamoDB:<code>`, the message followed by service, status and request id.
 * What the local run doesn't emulate is no error of DynamoDB, and is thrown on.
 */
export function dynamoDbError(error: unknown): { type: string; message: string } {
  if (!(error instanceof AwsError) || error instanceof NotImplemented) throw error
  const requestId = randomBytes(REQUEST_ID_BYTES).toString('hex').toUpperCase()
  return {
    type: `DynamoDB:${error.code}`,
    message: `${error.message} (Service: DynamoDb, Status Code: ${error.statusCode}, Request ID: ${requestId})`,
  }
}
