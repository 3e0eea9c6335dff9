import { AwsError } from '../aws/errors.ts'
import type { Clock } from '../clock.ts'
import type { BatchOperation, DynaliteStore } from './dynalite.ts'
import { CLIENT_TOKEN_VALIDITY_MS } from './limits.ts'

/** A transaction that went through. */
interface FinishedTransaction {
  token: string
  /** The same for the same actions. */
  fingerprint: string
  finishedMs: number
  /** What it costs to read its items again, by table, in read units. */
  readUnits: Record<string, number>
}

/** Recognises a transaction that is sent again, for ten minutes, across restarts too. */
interface ClientRequestTokens {
  load(): Promise<void>
  /**
   * The earlier transaction of that token; undefined when there is none, and the token is in use until `end`.
   * @throws AwsError IdempotentParameterMismatchException, TransactionInProgressException
   */
  begin(token: string, fingerprint: string): FinishedTransaction | undefined
  /** What writes the transaction down, and forgets those whose time is over; to be written with the items. */
  recording(transaction: Omit<FinishedTransaction, 'finishedMs'>): { batch: BatchOperation[]; written(): void }
  end(token: string): void
}

/** Below this prefix the store has no keys of dynalite's. */
const PREFIX = 'client-request-token~'
const LAST = '\xff'
const LOAD_ENTRIES = 1_000

export function createClientRequestTokens(store: DynaliteStore, clock: Clock): ClientRequestTokens {
  const finished = new Map<string, FinishedTransaction>()
  const inProgress = new Set<string>()
  const isOver = ({ finishedMs }: FinishedTransaction) => clock.now() - finishedMs >= CLIENT_TOKEN_VALIDITY_MS

  return {
    async load() {
      const values = store.db.values({ gte: PREFIX, lte: PREFIX + LAST })
      for (let page = await values.nextv(LOAD_ENTRIES); page.length > 0; page = await values.nextv(LOAD_ENTRIES)) {
        for (const one of page as FinishedTransaction[]) finished.set(one.token, one)
      }
      await values.close()
    },
    begin(token, fingerprint) {
      if (inProgress.has(token)) {
        throw new AwsError(
          'TransactionInProgressException',
          'The transaction with the given request token is already in progress.',
        )
      }
      const earlier = finished.get(token)
      if (earlier && !isOver(earlier)) {
        if (earlier.fingerprint === fingerprint) return earlier
        throw new AwsError(
          'IdempotentParameterMismatchException',
          `Expected the actions of the first request with the token ${token}, received others.`,
        )
      }
      inProgress.add(token)
      return undefined
    },
    recording(transaction) {
      const record = { ...transaction, finishedMs: clock.now() }
      const over = [...finished.values()].filter(isOver).map(({ token }) => token)
      const forgotten = over.map((token): BatchOperation => ({ type: 'del', key: PREFIX + token }))
      return {
        batch: [...forgotten, { type: 'put', key: PREFIX + record.token, value: record }],
        written() {
          for (const token of over) finished.delete(token)
          finished.set(record.token, record)
        },
      }
    },
    end(token) {
      inProgress.delete(token)
    },
  }
}
