import { AwsError } from '../aws/errors.ts'
import { createAtomicStore, type AtomicStore } from './atomic-writes.ts'
import {
  capacityOf,
  isCapacityWanted,
  tell,
  useOfRead,
  usesOfWrites,
  type ConsumedObserver,
  type TableUse,
} from './consumed-capacity.ts'
import { perform, type DynaliteOperation, type DynaliteStore } from './dynalite.ts'

const READS = new Set<DynaliteOperation>(['GetItem', 'BatchGetItem', 'Query', 'Scan'])
const WRITES = new Set<DynaliteOperation>(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'])
/** They tell what they consumed table by table. */
const BATCHES = new Set<DynaliteOperation>(['BatchGetItem', 'BatchWriteItem'])

/**
 * Performs one operation, its writes atomic, and says what it consumed. dynalite leaves a write's indexes out of that,
 * so that writes are measured here.
 * @throws AwsError with DynamoDB's own code and message; a failed condition with the item that stood in the way when
 * `ReturnValuesOnConditionCheckFailure` asks for it
 */
export async function performMeasured(
  store: DynaliteStore,
  name: DynaliteOperation,
  input: Record<string, unknown>,
  observer: ConsumedObserver | undefined,
): Promise<Record<string, unknown>> {
  const { ReturnValuesOnConditionCheckFailure: onFailure, ...parameters } = input
  const { ReturnConsumedCapacity: mode } = parameters
  const isMeasured = observer !== undefined || isCapacityWanted(mode)
  const atomic = createAtomicStore(store)
  try {
    if (READS.has(name) && isMeasured) {
      const asked = mode === 'NONE' || isCapacityWanted(mode) ? undefined : mode
      const answer = await perform(atomic.store, name, { ...parameters, ReturnConsumedCapacity: asked ?? 'INDEXES' })
      return answerWith(answer, [answer.ConsumedCapacity].flat().map(useOfRead), name, mode, observer)
    }
    const answer = await perform(atomic.store, name, parameters)
    if (!WRITES.has(name) || !isMeasured) return answer
    return answerWith(answer, await usesOfWrites(store, writesOf(atomic, parameters)), name, mode, observer)
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error
    const item = atomic.itemBefore()
    if (observer) tell(observer, name, await usesOfWrites(store, [unchanged(parameters, item)]))
    if (onFailure !== 'ALL_OLD' || !item) throw error
    throw new AwsError(error.code, error.message, error.statusCode, { ...error.members, Item: item })
  }
}

function answerWith(
  { ConsumedCapacity: _dynalites, ...answer }: Record<string, unknown>,
  uses: TableUse[],
  name: DynaliteOperation,
  mode: unknown,
  observer: ConsumedObserver | undefined,
): Record<string, unknown> {
  tell(observer, name, uses)
  if (!isCapacityWanted(mode)) return answer
  const all = uses.map((use) => capacityOf(use, mode))
  return { ...answer, ConsumedCapacity: BATCHES.has(name) ? all : all[0] }
}

/** A write without effect, such as the deletion of what is not there, costs as the smallest does. */
function writesOf(atomic: AtomicStore, parameters: Record<string, unknown>) {
  return atomic.writes.length > 0 ? atomic.writes : [unchanged(parameters, undefined)]
}

function unchanged({ TableName }: Record<string, unknown>, item: AtomicStore['writes'][number]['before']) {
  return { tableName: String(TableName), before: item, after: item }
}
