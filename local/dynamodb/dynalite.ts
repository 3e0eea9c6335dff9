import { createRequire } from 'node:module'
import { AwsError } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'

/**
 * dynalite 4.0.0 from the inside: its validations and actions are called directly, without its HTTP server.
 * It has no types; what is declared here is what the local run uses of it.
 */

type Callback<T> = (error: unknown, value?: T) => void

/** Lets go of a lock when the function that it wraps is called. */
type Release = (then: (...results: unknown[]) => void) => (...results: unknown[]) => void
/** Runs a task when it has the key for itself. */
export type Lock = (key: string, task: (release: Release) => void) => void

/** A part of the store: one table's items, or one index's. Values are items in DynamoDB's JSON. */
export interface SubStore {
  lock: Lock
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
  getTable(name: string, callback: Callback<TableRecord>): void
  getItemDb(table: string): SubStore
  getIndexDb(kind: 'local' | 'global', table: string, index: string): SubStore
  deleteIndexDb(kind: 'local' | 'global', table: string, index: string, callback: Callback<void>): void
}

export interface IndexRecord {
  IndexName: string
  KeySchema: unknown
  Projection: unknown
}

export interface TableRecord {
  TableName: string
  KeySchema: unknown
  AttributeDefinitions: unknown
  TableStatus: string
  GlobalSecondaryIndexes?: IndexRecord[]
  LocalSecondaryIndexes?: IndexRecord[]
}

/** Types of parameters in dynalite's own notation. */
export type ParameterTypes = Record<string, unknown>
/** What is wrong with a request whose types are right; undefined when nothing is. It parses the expressions, too. */
export type RequestCheck = (data: Record<string, unknown>, store: DynaliteStore) => string | undefined

interface Validation {
  types: ParameterTypes
  custom?: RequestCheck
}

interface Dynalite {
  create(options: { path?: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): DynaliteStore
  getIndexActions(
    indexes: unknown[],
    before: Item | null,
    after: Item | null,
    table: TableRecord,
  ): { puts: { index: string; key: string; item: Record<string, unknown> }[] }
  /** Bytes, as DynamoDB counts them. */
  itemSize(item: Item): number
  /** Units of one read or write of one item; undefined is the smallest. */
  capacityUnits(item: Item | undefined, isRead: boolean, isConsistent: boolean): number
  createKey(keyOrItem: Item, table: TableRecord): string
  validateKey(key: Item, table: TableRecord): Error | null | undefined
  validateItem(item: Item, table: TableRecord): Error | null | undefined
}

const require = createRequire(import.meta.url)
export const dynalite = require('dynalite/db') as Dynalite
const validations = require('dynalite/validations') as {
  checkTypes(data: unknown, types: ParameterTypes): Record<string, unknown>
  checkValidations(data: unknown, types: ParameterTypes, custom: RequestCheck | undefined, store: DynaliteStore): void
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

/** The parameters that dynalite reads; it drops all others without a word. */
export function parameterTypes(operation: DynaliteOperation): ParameterTypes {
  return operationOf(operation).validation.types
}

/** dynalite's own check of one operation's parameters. */
export function requestCheck(operation: DynaliteOperation): RequestCheck {
  return operationOf(operation).validation.custom ?? (() => undefined)
}

/**
 * Parameters as dynalite's actions take them: of the right types, expressions parsed.
 * @param input DynamoDB's JSON; left as it is
 * @throws AwsError ValidationException or SerializationException
 */
export function validate(
  store: DynaliteStore,
  input: Record<string, unknown>,
  types: ParameterTypes,
  check: RequestCheck | undefined,
): Record<string, unknown> {
  try {
    const data = validations.checkTypes(JSON.parse(JSON.stringify(input)), types)
    validations.checkValidations(data, types, check, store)
    return data
  } catch (error) {
    throw asAwsError(error)
  }
}

/**
 * Performs an operation whose parameters are valid.
 * @throws AwsError with DynamoDB's own code and message
 */
export function act(
  store: DynaliteStore,
  name: DynaliteOperation,
  data: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    operationOf(name).action(store, data, (error, result) => {
      if (error) reject(asAwsError(error))
      else resolve(result ?? {})
    })
  })
}

/**
 * Validates and performs one operation.
 * @param input DynamoDB's JSON; left as it is
 * @throws AwsError with DynamoDB's own code and message
 */
export async function perform(
  store: DynaliteStore,
  name: DynaliteOperation,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { types, custom } = operationOf(name).validation
  return act(store, name, validate(store, input, types, custom))
}

/** @throws AwsError ResourceNotFoundException */
export function findTable(store: DynaliteStore, name: string): Promise<TableRecord> {
  return new Promise((resolve, reject) => {
    store.getTable(name, (error, table) => (table ? resolve(table) : reject(asAwsError(error))))
  })
}

/** Writes all of it or, when the process is killed, nothing. */
export function writeBatch(store: DynaliteStore, batch: BatchOperation[]): Promise<void> {
  return new Promise((resolve, reject) => {
    store.db.batch(batch, (error) => (error ? reject(asAwsError(error)) : resolve()))
  })
}

/** dynalite's errors carry the response: `{statusCode, body: {__type, message | Message, ...}}`. */
export function asAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || !('body' in error) || !isRecord(error.body) || !('statusCode' in error)) return error
  const { __type: type, message, Message: capitalMessage, ...members } = error.body
  const code = String(type).split('#').at(-1) ?? 'InternalServerError'
  return new AwsError(code, String(message ?? capitalMessage ?? ''), Number(error.statusCode), members)
}
