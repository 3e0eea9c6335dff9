import { createRequire } from 'node:module'
import { AwsError } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'

/**
 * dynalite 4.0.0 from the inside: its validations and actions are called directly, without its HTTP server.
 * It has no types; what is declared here is what the local run uses of it.
 */

type Callback<T> = (error: unknown, value?: T) => void

/** A part of the store: one table's items, or one index's. Values are items in DynamoDB's JSON. */
export interface SubStore {
  lock: unknown
  put(key: string, value: unknown, callback: Callback<void>): void
  get(key: string, callback: Callback<Item>): void
  del(key: string, callback: Callback<void>): void
  createValueStream(options?: RangeOptions): NodeJS.ReadableStream
}

/** A range of keys, as LevelDB takes it; `limit` -1 is none. */
export interface RangeOptions {
  gt?: string
  gte?: string
  lt?: string
  lte?: string
  reverse?: boolean
  limit?: number
}

export type Item = Record<string, Record<string, unknown>>

export type BatchOperation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string }

export interface DynaliteStore {
  options: { createTableMs: number }
  db: {
    open(): Promise<void>
    values(options: RangeOptions): { nextv(size: number): Promise<unknown[]>; close(): Promise<void> }
    batch(operations: BatchOperation[], callback: Callback<void>): void
    close(callback: Callback<void>): void
  }
  tableDb: SubStore & { awsAccountId: string; awsRegion: string }
  getItemDb(table: string): SubStore
  getIndexDb(kind: 'local' | 'global', table: string, index: string): SubStore
  deleteIndexDb(kind: 'local' | 'global', table: string, index: string, callback: Callback<void>): void
}

export interface TableRecord {
  TableName: string
  KeySchema: unknown
  AttributeDefinitions: unknown
  TableStatus: string
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: unknown; Projection: unknown }[]
  LocalSecondaryIndexes?: unknown
}

interface Validation {
  types: Record<string, unknown>
  custom?: unknown
}

interface Dynalite {
  create(options: { path?: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): DynaliteStore
  getIndexActions(
    indexes: unknown[],
    before: Item | null,
    after: Item | null,
    table: TableRecord,
  ): { puts: { index: string; key: string; item: unknown }[] }
}

const require = createRequire(import.meta.url)
export const dynalite = require('dynalite/db') as Dynalite
const validations = require('dynalite/validations') as {
  checkTypes(data: unknown, types: unknown): Record<string, unknown>
  checkValidations(data: unknown, types: unknown, custom: unknown, store: DynaliteStore): void
}

/** The operations that dynalite has, by name. */
export const DYNALITE_OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
] as const

export type DynaliteOperation = (typeof DYNALITE_OPERATIONS)[number]

type Action = (store: DynaliteStore, data: unknown, callback: Callback<Record<string, unknown>>) => void

const operations = new Map(
  DYNALITE_OPERATIONS.map((name) => {
    const file = name.charAt(0).toLowerCase() + name.slice(1)
    return [
      name,
      {
        action: require(`dynalite/actions/${file}`) as Action,
        validation: require(`dynalite/validations/${file}`) as Validation,
      },
    ] as const
  }),
)

function operationOf(name: DynaliteOperation): { action: Action; validation: Validation } {
  const operation = operations.get(name)
  if (!operation) throw new Error(`dynalite has no ${name}`)
  return operation
}

/** Names of the parameters that dynalite reads; it drops all others without a word. */
export function parametersOf(operation: DynaliteOperation): ReadonlySet<string> {
  return new Set(Object.keys(operationOf(operation).validation.types))
}

/**
 * Validates and performs one operation.
 * @param input DynamoDB's JSON; left as it is
 * @throws AwsError with DynamoDB's own code and message
 */
export function perform(
  store: DynaliteStore,
  name: DynaliteOperation,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { action, validation } = operationOf(name)
  return new Promise((resolve, reject) => {
    try {
      const data = validations.checkTypes(JSON.parse(JSON.stringify(input)), validation.types)
      validations.checkValidations(data, validation.types, validation.custom, store)
      action(store, data, (error, result) => {
        if (error) reject(asAwsError(error))
        else resolve(result ?? {})
      })
    } catch (error) {
      reject(asAwsError(error))
    }
  })
}

/** dynalite's errors carry the response: `{statusCode, body: {__type, message | Message, ...}}`. */
function asAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || !('body' in error) || !isRecord(error.body) || !('statusCode' in error)) return error
  const { __type: type, message, Message: capitalMessage, ...members } = error.body
  const code = String(type).split('#').at(-1) ?? 'InternalServerError'
  return new AwsError(code, String(message ?? capitalMessage ?? ''), Number(error.statusCode), members)
}
