import type { Clock } from '../clock.ts'
import type { Log } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import { createAtomicStore } from './atomic-writes.ts'
import { perform, type DynaliteStore, type Item } from './dynalite.ts'
import type { TableDefinition } from './table-definition.ts'

/** How often expired items are looked for. AWS promises no time; it is usually within days. */
export const SWEEP_INTERVAL_MS = 60_000
/** DynamoDB leaves alone what expired longer ago: five years, a guard against wrong units. Source: "Time to Live". */
const OLDEST_EXPIRY_SECONDS = 5 * 365 * 24 * 60 * 60

/** Deletes items whose time has come, unless they changed in between. */
export function startTimeToLive(
  { store, clock, log }: { store: DynaliteStore; clock: Clock; log: Log },
  tables: () => TableDefinition[],
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let timer: { cancel(): void } | undefined
  const schedule = (): void => {
    timer = clock.after(SWEEP_INTERVAL_MS, () => {
      running = sweep().then(
        () => schedule(),
        (error: unknown) => {
          log('error', 'dynamodb', 'Expired items could not be deleted', { error: String(error) })
          schedule()
        },
      )
    })
  }
  const sweep = async (): Promise<void> => {
    for (const { tableName, ttlAttribute, createTable } of tables()) {
      if (ttlAttribute === undefined) continue
      const keyNames = (createTable.KeySchema as { AttributeName: string }[]).map((key) => key.AttributeName)
      const nowSeconds = Math.floor(clock.now() / 1000)
      let deleted = 0
      for await (const expired of expiredItems(store, tableName, ttlAttribute, nowSeconds)) {
        if (stopped) return
        await deleteUnchanged(store, tableName, ttlAttribute, keyNames, expired)
        deleted += 1
      }
      if (deleted > 0) log('debug', 'dynamodb', `Expired items deleted: ${deleted}`)
    }
  }
  schedule()
  return {
    async stop() {
      stopped = true
      timer?.cancel()
      await running
      timer?.cancel()
    },
  }
}

async function* expiredItems(
  store: DynaliteStore,
  table: string,
  attribute: string,
  nowSeconds: number,
): AsyncGenerator<Item> {
  let start: unknown
  do {
    const page: Record<string, unknown> = await perform(store, 'Scan', {
      TableName: table,
      FilterExpression: '#ttl <= :now AND #ttl > :oldest',
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: {
        ':now': { N: String(nowSeconds) },
        ':oldest': { N: String(nowSeconds - OLDEST_EXPIRY_SECONDS) },
      },
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    })
    yield* (page.Items ?? []) as Item[]
    start = page.LastEvaluatedKey
  } while (start !== undefined)
}

async function deleteUnchanged(
  store: DynaliteStore,
  table: string,
  attribute: string,
  keyNames: string[],
  item: Item,
): Promise<void> {
  try {
    await perform(createAtomicStore(store).store, 'DeleteItem', {
      TableName: table,
      Key: Object.fromEntries(keyNames.map((name) => [name, item[name]])),
      ConditionExpression: '#ttl = :seen',
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':seen': item[attribute] },
    })
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error
  }
}
