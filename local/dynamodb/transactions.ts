import { createHash } from 'node:crypto'
import { AwsError } from '../aws/errors.ts'
import type { Clock } from '../clock.ts'
import { createAtomicStore, type ItemWrite } from './atomic-writes.ts'
import { createClientRequestTokens } from './client-request-tokens.ts'
import {
  capacityOf,
  emptyUse,
  isCapacityWanted,
  tell,
  usesOfWrites,
  type ConsumedObserver,
  type TableUse,
} from './consumed-capacity.ts'
import {
  act,
  asAwsError,
  dynalite,
  findTable,
  writeBatch,
  type BatchOperation,
  type DynaliteStore,
  type Item,
  type Lock,
} from './dynalite.ts'
import { lockItems, type LockedItem } from './item-locks.ts'
import { MAX_TRANSACTION_BYTES } from './limits.ts'
import { readTransaction, type Transaction, type TransactionAction } from './transaction-request.ts'

/**
 * An item costs twice in a transaction: to prepare and to commit; an index costs as ever.
 * Source: DynamoDB developer guide, "Amazon DynamoDB Transactions: How it works"; for indexes the recordings of AWS
 * in the repository paritysuite/dynamodb-conformance.
 */
const TRANSACTION_FACTOR = 2
/**
 * What DynamoDB finds wrong with an action before the transaction begins; anything else cancels the transaction.
 * Source: the recordings of AWS in the repository paritysuite/dynamodb-conformance.
 */
const FOUND_BEFOREHAND = /empty (string|binary) value|size limit of|This attribute is part of the key/

/** Why an action cancelled its transaction; `None` for the others. Source: API Reference, `CancellationReason`. */
interface CancellationReason {
  Code: string
  Message?: string
  Item?: Item
}

interface Performed {
  answer: Record<string, unknown>
  write: ItemWrite
  batch: BatchOperation[]
  reason: CancellationReason
}

const NO_REASON: CancellationReason = { Code: 'None' }
const heldAlready: Lock = (_key, task) => task((then) => then)

interface Transactions {
  /** Reads which transactions are known by their tokens. */
  load(): Promise<void>
  /** @throws AwsError TransactionCanceledException, ValidationException, or an error of the token's */
  perform(name: Transaction, input: Record<string, unknown>): Promise<Record<string, unknown>>
}

/**
 * All or nothing: the locks of all items are taken, in one order; dynalite performs every action on a view that keeps
 * what it writes; and that goes to LevelDB as one batch. One transaction waits for another, where DynamoDB cancels it.
 */
export function createTransactions(
  store: DynaliteStore,
  clock: Clock,
  observer: ConsumedObserver | undefined,
): Transactions {
  const tokens = createClientRequestTokens(store, clock)

  const writeItems = async (input: Record<string, unknown>): Promise<TableUse[]> => {
    const actions = readTransaction(store, 'TransactWriteItems', input)
    if (typeof input.ClientRequestToken !== 'string') return commit(actions)
    const token = input.ClientRequestToken
    const fingerprint = fingerprintOf(input.TransactItems)
    const earlier = tokens.begin(token, fingerprint)
    // Sent again it reads what it wrote, and writes nothing.
    if (earlier) return usesOfReads(earlier.readUnits)
    try {
      return await commit(actions, { token, fingerprint })
    } finally {
      tokens.end(token)
    }
  }

  const commit = (actions: TransactionAction[], known?: { token: string; fingerprint: string }) =>
    together(actions, async (performed) => {
      const writes = performed.map(({ write }) => write)
      const recording = known && tokens.recording({ ...known, readUnits: readUnitsOf(writes) })
      await writeBatch(store, [...performed.flatMap(({ batch }) => batch), ...(recording?.batch ?? [])])
      recording?.written()
      return usesOfWrites(store, writes, TRANSACTION_FACTOR)
    })

  /** Performs the actions under their locks; what they wrote is not written yet when `then` gets it. */
  const together = async <T>(
    actions: TransactionAction[],
    then: (performed: Performed[]) => Promise<T>,
  ): Promise<T> => {
    const unlock = await lockItems(store, await targetsOf(store, actions))
    try {
      const performed: Performed[] = []
      for (const action of actions) performed.push(await performAction(store, action))
      checkSize(performed.map(({ write }) => write))
      const reasons = performed.map(({ reason }) => reason)
      if (reasons.some((reason) => reason !== NO_REASON)) throw cancelled(reasons)
      return await then(performed)
    } finally {
      unlock()
    }
  }

  return {
    load: () => tokens.load(),
    async perform(name, input) {
      const { ReturnConsumedCapacity: mode } = input
      let answer: Record<string, unknown> = {}
      let uses: TableUse[]
      if (name === 'TransactWriteItems') uses = await writeItems(input)
      else {
        const performed = await together(readTransaction(store, name, input), (all) => Promise.resolve(all))
        answer = { Responses: performed.map((one) => one.answer) }
        uses = usesOfReads(readUnitsOf(performed.map(({ write }) => write)))
      }
      tell(observer, name, uses)
      if (!isCapacityWanted(mode)) return answer
      return { ...answer, ConsumedCapacity: uses.map((use) => capacityOf(use, mode, true)) }
    },
  }
}

async function performAction(store: DynaliteStore, action: TransactionAction): Promise<Performed> {
  const batch: BatchOperation[] = []
  const view = createAtomicStore(store, {
    lock: heldAlready,
    write(operations, callback) {
      batch.push(...operations)
      callback(null)
    },
  })
  const outcome = await act(view.store, action.operation, action.data).then(
    (answer) => ({ answer, reason: NO_REASON }),
    (error: unknown) => ({ answer: {}, reason: reasonOf(error, action, view.itemBefore()) }),
  )
  const before = view.itemBefore()
  const [write] = view.writes
  const isUnchanged = action.isCheck || !write
  return {
    ...outcome,
    write: isUnchanged ? { tableName: action.tableName, before, after: before } : write,
    batch: isUnchanged ? [] : batch,
  }
}

/** @throws AwsError that DynamoDB answers without cancelling anything */
function reasonOf(error: unknown, action: TransactionAction, item: Item | undefined): CancellationReason {
  if (!(error instanceof AwsError)) throw error
  if (error.code === 'ConditionalCheckFailedException') {
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...(action.returnsItem && item && { Item: item }) }
  }
  if (error.code !== 'ValidationException' || FOUND_BEFOREHAND.test(error.message)) throw error
  return { Code: 'ValidationError', Message: error.message }
}

function cancelled(reasons: CancellationReason[]): AwsError {
  const codes = reasons.map(({ Code }) => Code).join(', ')
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    undefined,
    { CancellationReasons: reasons },
  )
}

/**
 * The items to lock. An action whose key is wrong has none: dynalite says so when it performs it.
 * @throws AwsError ResourceNotFoundException, or ValidationException for two actions on one item
 */
async function targetsOf(store: DynaliteStore, actions: TransactionAction[]): Promise<LockedItem[]> {
  const targets = new Map<string, LockedItem>()
  for (const { tableName, operation, target } of actions) {
    const table = await findTable(store, tableName)
    const wrong = operation === 'PutItem' ? dynalite.validateItem(target, table) : dynalite.validateKey(target, table)
    if (wrong) {
      const error = asAwsError(wrong)
      if (error instanceof AwsError && FOUND_BEFOREHAND.test(error.message)) throw error
      continue
    }
    const key = dynalite.createKey(target, table)
    const id = JSON.stringify([tableName, key])
    if (targets.has(id)) {
      throw new AwsError(
        'ValidationException',
        'Transaction request cannot include multiple operations on one item',
      )
    }
    targets.set(id, { table: tableName, key })
  }
  return [...targets.values()]
}

function checkSize(writes: ItemWrite[]): void {
  const sizeOf = (item: Item | undefined) => (item ? dynalite.itemSize(item) : 0)
  const bytes = writes.reduce((sum, { before, after }) => sum + Math.max(sizeOf(before), sizeOf(after)), 0)
  if (bytes <= MAX_TRANSACTION_BYTES) return
  throw new AwsError(
    'ValidationException',
    `Expected items of at most ${MAX_TRANSACTION_BYTES} bytes together in one transaction, received ${bytes}`,
  )
}

/** Transactional read units of the items, by table. */
function readUnitsOf(writes: ItemWrite[]): Record<string, number> {
  const units: Record<string, number> = {}
  for (const { tableName, before, after } of writes) {
    const one = Math.max(dynalite.capacityUnits(before, true, true), dynalite.capacityUnits(after, true, true))
    units[tableName] = (units[tableName] ?? 0) + one * TRANSACTION_FACTOR
  }
  return units
}

function usesOfReads(readUnits: Record<string, number>): TableUse[] {
  return Object.entries(readUnits).map(([tableName, table]) => ({ ...emptyUse(tableName, 'read'), table }))
}

function fingerprintOf(actions: unknown): string {
  return createHash('sha256').update(JSON.stringify(actions)).digest('base64')
}
