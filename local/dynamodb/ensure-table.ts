import { isDeepStrictEqual } from 'node:util'
import { AwsError } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import {
  dynalite,
  perform,
  writeBatch,
  type BatchOperation,
  type DynaliteStore,
  type Item,
  type TableRecord,
} from './dynalite.ts'
import type { TableDefinition } from './table-definition.ts'

/** Entries of a rebuilt index that are written at once. */
const REBUILD_BATCH_ENTRIES = 1_000

/**
 * Makes the store hold the table as the template declares it, ACTIVE at once. A table whose indexes have changed since
 * the last run keeps its items, and its indexes are built anew.
 * @throws Error when the table was made with another primary key: on AWS it would be replaced, and its items lost
 */
export async function ensureTable(
  store: DynaliteStore,
  definition: TableDefinition,
): Promise<'made' | 'kept' | 'reindexed'> {
  const existing = await readTable(store, definition.tableName)
  if (!existing) {
    await perform(store, 'CreateTable', definition.createTable)
    const made = await readTable(store, definition.tableName)
    if (!made) throw new Error(`The table ${definition.tableName} was not made`)
    await writeTable(store, activate(made))
    return 'made'
  }
  const wanted = definition.createTable
  if (!isDeepStrictEqual(keysOf(existing), keysOf(wanted))) {
    throw new Error(
      `The table ${definition.tableName} in the data folder has another primary key than the stack wants; ` +
        'start with --fresh to empty the data folder',
    )
  }
  if (isDeepStrictEqual(indexesOf(existing), indexesOf(wanted))) {
    if (existing.TableStatus !== 'ACTIVE') await writeTable(store, activate(existing))
    return 'kept'
  }
  for (const index of existing.GlobalSecondaryIndexes ?? []) {
    await new Promise<void>((resolve, reject) => {
      store.deleteIndexDb('global', existing.TableName, index.IndexName, (error) => (error ? reject(error) : resolve()))
    })
  }
  const changed = activate({
    ...existing,
    AttributeDefinitions: wanted.AttributeDefinitions,
    GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes as TableRecord['GlobalSecondaryIndexes'],
  })
  await rebuildIndexes(store, changed)
  await writeTable(store, changed)
  return 'reindexed'
}

async function rebuildIndexes(store: DynaliteStore, table: TableRecord): Promise<void> {
  let entries: BatchOperation[] = []
  for await (const item of store.getItemDb(table.TableName).createValueStream()) {
    const { puts } = dynalite.getIndexActions(table.GlobalSecondaryIndexes ?? [], null, item as unknown as Item, table)
    for (const { index, key, item: entry } of puts) {
      entries.push({ type: 'put', key: `index-global~${table.TableName}~${index}~${key}`, value: entry })
    }
    if (entries.length >= REBUILD_BATCH_ENTRIES) {
      await writeBatch(store, entries)
      entries = []
    }
  }
  await writeBatch(store, entries)
}

/** dynalite makes a table ACTIVE after a while, by a timer; here it is at once, and stays so. */
function activate(table: TableRecord): TableRecord {
  const indexes = table.GlobalSecondaryIndexes?.map((index) => ({
    ...index,
    IndexStatus: 'ACTIVE',
    ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
  }))
  return { ...table, TableStatus: 'ACTIVE', ...(indexes ? { GlobalSecondaryIndexes: indexes } : {}) }
}

function readTable(store: DynaliteStore, name: string): Promise<TableRecord | undefined> {
  return perform(store, 'DescribeTable', { TableName: name }).then(
    ({ Table }) => Table as TableRecord,
    (error: unknown) => {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined
      throw error
    },
  )
}

function writeTable(store: DynaliteStore, table: TableRecord): Promise<void> {
  return new Promise((resolve, reject) => {
    store.tableDb.put(table.TableName, table, (error) => (error ? reject(error) : resolve()))
  })
}

/** Primary key by role: `{HASH: 'id S', RANGE: 'facet S'}`. */
function keysOf(table: { KeySchema?: unknown; AttributeDefinitions?: unknown }): Record<string, string> {
  const types = typesOf(table.AttributeDefinitions)
  return Object.fromEntries(
    recordsIn(table.KeySchema).map((key) => [
      String(key.KeyType),
      `${key.AttributeName} ${types[String(key.AttributeName)]}`,
    ]),
  )
}

/** Indexes by name, in a form that two spellings of the same index share. */
function indexesOf(table: Record<string, unknown> | TableRecord): Record<string, unknown> {
  const record: Record<string, unknown> = { ...table }
  const types = typesOf(record.AttributeDefinitions)
  const entries = recordsIn(record.GlobalSecondaryIndexes).map((index) => {
    const projection = isRecord(index.Projection) ? index.Projection : {}
    const keys = recordsIn(index.KeySchema).map(
      (key) => `${key.KeyType} ${key.AttributeName} ${types[String(key.AttributeName)]}`,
    )
    return [
      String(index.IndexName),
      { keys: keys.sort(), type: projection.ProjectionType, also: projection.NonKeyAttributes },
    ]
  })
  return Object.fromEntries(entries)
}

function typesOf(definitions: unknown): Record<string, string> {
  return Object.fromEntries(
    recordsIn(definitions).map((definition) => [String(definition.AttributeName), String(definition.AttributeType)]),
  )
}

function recordsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}
