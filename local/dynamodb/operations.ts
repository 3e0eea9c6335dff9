import { AwsError, NotImplemented } from '../aws/errors.ts'
import { DYNALITE_OPERATIONS, parameterTypes, type DynaliteOperation } from './dynalite.ts'
import { TRANSACTIONS, transactionParameters, type Transaction } from './transaction-request.ts'

/** What DynamoDB has and the local run does not. Source: the API's operations in @aws-sdk/client-dynamodb 3.1162. */
const NOT_EMULATED = new Set([
  'BatchExecuteStatement',
  'CancelBulkOperation',
  'CreateBackup',
  'CreateGlobalTable',
  'DeleteBackup',
  'DeleteResourcePolicy',
  'DescribeBackup',
  'DescribeBulkOperation',
  'DescribeContinuousBackups',
  'DescribeContributorInsights',
  'DescribeEndpoints',
  'DescribeExport',
  'DescribeGlobalTable',
  'DescribeGlobalTableSettings',
  'DescribeImport',
  'DescribeKinesisStreamingDestination',
  'DescribeLimits',
  'DescribeTableReplicaAutoScaling',
  'DisableKinesisStreamingDestination',
  'EnableKinesisStreamingDestination',
  'ExecuteStatement',
  'ExecuteTransaction',
  'ExportTableToPointInTime',
  'GetResourcePolicy',
  'ImportTable',
  'ListBackups',
  'ListBulkOperations',
  'ListContributorInsights',
  'ListExports',
  'ListGlobalTables',
  'ListImports',
  'PutResourcePolicy',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'SearchVectors',
  'StartBulkPutItems',
  'UpdateContinuousBackups',
  'UpdateContributorInsights',
  'UpdateGlobalTable',
  'UpdateGlobalTableSettings',
  'UpdateKinesisStreamingDestination',
  'UpdateTableReplicaAutoScaling',
  'UpdateTimeToLive',
])

/** Parameters that the local run handles itself, beside those that dynalite reads. */
const HANDLED_HERE: Partial<Record<DynaliteOperation, string[]>> = {
  PutItem: ['ReturnValuesOnConditionCheckFailure'],
  UpdateItem: ['ReturnValuesOnConditionCheckFailure'],
  DeleteItem: ['ReturnValuesOnConditionCheckFailure'],
}

const parameters = new Map<string, ReadonlySet<string>>([
  ...DYNALITE_OPERATIONS.map(
    (name) => [name, new Set([...Object.keys(parameterTypes(name)), ...(HANDLED_HERE[name] ?? [])])] as const,
  ),
  ...TRANSACTIONS.map((name) => [name, new Set(transactionParameters(name))] as const),
])

/**
 * @throws NotImplemented naming an operation, or a parameter that would silently be dropped
 * @throws AwsError UnknownOperationException for what DynamoDB does not know either
 */
export function checkOperation(name: string, input: Record<string, unknown>): DynaliteOperation | Transaction {
  const known = parameters.get(name)
  if (!known) {
    if (NOT_EMULATED.has(name)) throw new NotImplemented(`DynamoDB's ${name}`)
    throw new AwsError('UnknownOperationException', `DynamoDB has no operation ${name}`)
  }
  for (const parameter of Object.keys(input)) {
    if (!known.has(parameter) && input[parameter] !== undefined) {
      throw new NotImplemented(`DynamoDB's ${name} with ${parameter}`)
    }
  }
  return name as DynaliteOperation | Transaction
}

export function isTransaction(name: DynaliteOperation | Transaction): name is Transaction {
  return (TRANSACTIONS as readonly string[]).includes(name)
}
