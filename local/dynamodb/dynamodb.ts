import path from 'node:path'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import type { JsonService } from '../aws/json-service.ts'
import type { Resource } from '../aws/resource.ts'
import { namesInsteadOfArns, permissionsFor } from './access.ts'
import type { ConsumedObserver } from './consumed-capacity.ts'
import { dynalite, perform } from './dynalite.ts'
import { ensureTable } from './ensure-table.ts'
import { performMeasured } from './measured-operation.ts'
import { checkOperation, isTransaction } from './operations.ts'
import { tableDefinition, type TableDefinition } from './table-definition.ts'
import { startTimeToLive } from './time-to-live.ts'
import { createTransactions } from './transactions.ts'

export interface DynamoDB extends JsonService {
  /** Makes the tables of the stack; those that the data folder holds already keep their items. */
  deploy(resources: Resource[]): Promise<void>
  /** Lets go of the store; what was answered before is on the disk already. */
  stop(): Promise<void>
}

/** Folder of the store below the service's data folder. */
const STORE_FOLDER = 'store'
const TABLE_TYPES = new Set(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'])

/**
 * DynamoDB on dynalite's engine, in this process, persisted by LevelDB.
 * @param context `dataDir` null keeps everything in memory
 * @param onConsumed is told what every call consumes
 */
export function createDynamoDB(
  context: Omit<ServiceContext, 'dataDir'> & { dataDir: string | null },
  { onConsumed }: { onConsumed?: ConsumedObserver | undefined } = {},
): DynamoDB {
  const { region, accountId, authorizer, clock, log } = context
  const place = { region, accountId }
  const store = dynalite.create({
    ...(context.dataDir === null ? {} : { path: path.join(context.dataDir, STORE_FOLDER) }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  })
  store.tableDb.awsAccountId = accountId
  store.tableDb.awsRegion = region
  const tables = new Map<string, TableDefinition>()
  const transactions = createTransactions(store, clock, onConsumed)
  const timeToLive = startTimeToLive({ store, clock, log }, () => [...tables.values()])

  const authorize = (operation: string, input: Record<string, unknown>, caller: Caller): void => {
    try {
      for (const permission of permissionsFor(operation, input, place)) authorizer.authorize(caller, permission)
    } catch (error) {
      if (error instanceof AwsError && error.code === 'AccessDenied') {
        throw new AwsError('AccessDeniedException', error.message)
      }
      throw error
    }
  }

  return {
    targetPrefix: 'DynamoDB_20120810',
    jsonVersion: '1.0',

    async call(operation, input, caller) {
      const name = checkOperation(operation, input)
      const parameters = namesInsteadOfArns(input, place)
      authorize(name, parameters, caller)
      if (isTransaction(name)) return transactions.perform(name, parameters)
      if (name === 'DescribeTimeToLive') {
        await perform(store, 'DescribeTable', { TableName: parameters.TableName })
        return describeTimeToLive(tables.get(String(parameters.TableName)))
      }
      return performMeasured(store, name, parameters, onConsumed)
    },

    async deploy(resources) {
      await store.db.open()
      await transactions.load()
      for (const resource of resources) {
        if (!TABLE_TYPES.has(resource.type)) continue
        const definition = tableDefinition(resource)
        const outcome = await ensureTable(store, definition)
        tables.set(definition.tableName, definition)
        log('debug', 'dynamodb', `Table ${definition.tableName}: ${outcome}`)
      }
    },

    async stop() {
      await timeToLive.stop()
      await new Promise<void>((resolve, reject) => {
        store.db.close((error) => (error ? reject(error) : resolve()))
      })
    },
  }
}

function describeTimeToLive(table: TableDefinition | undefined): Record<string, unknown> {
  return {
    TimeToLiveDescription:
      table?.ttlAttribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: table.ttlAttribute },
  }
}
