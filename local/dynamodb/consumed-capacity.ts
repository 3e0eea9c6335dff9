import { isRecord } from '../aws/json.ts'
import type { ItemWrite } from './atomic-writes.ts'
import { findTable, type DynaliteStore } from './dynalite.ts'
import { writeUnits } from './write-units.ts'

/** What one call consumed of one table and its indexes, in units. */
export interface TableUse {
  tableName: string
  kind: 'read' | 'write'
  table: number
  globalIndexes: Record<string, number>
  localIndexes: Record<string, number>
}

/** What one call consumed of a table, or of one of its indexes. */
export interface Consumed {
  /** The operation, e.g. `Query`. */
  action: string
  table: string
  index?: string
  readUnits: number
  writeUnits: number
}

/** Is told what calls consumed, also when nobody asked for it, and when a condition failed. */
export type ConsumedObserver = (consumed: Consumed) => void

/** What an answer is to say of what was consumed. Source: DynamoDB API Reference, `ReturnConsumedCapacity`. */
const DETAILED = 'INDEXES'
const MODES: readonly unknown[] = ['TOTAL', DETAILED]

export function isCapacityWanted(mode: unknown): boolean {
  return MODES.includes(mode)
}

/** The use of each table, in the order in which the tables were first written. */
export async function usesOfWrites(
  store: DynaliteStore,
  writes: readonly ItemWrite[],
  tableFactor = 1,
): Promise<TableUse[]> {
  const uses = new Map<string, TableUse>()
  for (const write of writes) {
    const units = writeUnits(write, await findTable(store, write.tableName))
    const use = uses.get(write.tableName) ?? emptyUse(write.tableName, 'write')
    uses.set(write.tableName, use)
    use.table += units.table * tableFactor
    add(use.globalIndexes, units.globalIndexes)
    add(use.localIndexes, units.localIndexes)
  }
  return [...uses.values()]
}

export function emptyUse(tableName: string, kind: TableUse['kind']): TableUse {
  return { tableName, kind, table: 0, globalIndexes: {}, localIndexes: {} }
}

function add(sum: Record<string, number>, more: Record<string, number>): void {
  for (const [name, units] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + units
}

/** One `ConsumedCapacity` of a read, as dynalite answers `INDEXES`. */
export function useOfRead(consumed: unknown): TableUse {
  const { TableName, CapacityUnits, Table, GlobalSecondaryIndexes, LocalSecondaryIndexes } = isRecord(consumed)
    ? consumed
    : {}
  const unitsOf = (part: unknown): number => (isRecord(part) ? Number(part.CapacityUnits) : 0)
  const byName = (indexes: unknown) =>
    Object.fromEntries(Object.entries(isRecord(indexes) ? indexes : {}).map(([name, one]) => [name, unitsOf(one)]))
  return {
    ...emptyUse(String(TableName), 'read'),
    table: isRecord(Table) ? unitsOf(Table) : Number(CapacityUnits),
    globalIndexes: byName(GlobalSecondaryIndexes),
    localIndexes: byName(LocalSecondaryIndexes),
  }
}

/**
 * `ConsumedCapacity` of one table.
 * @param split transactions tell reads from writes, by a second member beside `CapacityUnits`; nothing else does
 */
export function capacityOf(use: TableUse, mode: unknown, split = false): Record<string, unknown> {
  const member = use.kind === 'read' ? 'ReadCapacityUnits' : 'WriteCapacityUnits'
  const units = (count: number) => ({ CapacityUnits: count, ...(split && { [member]: count }) })
  const byName = (indexes: Record<string, number>) =>
    Object.fromEntries(Object.entries(indexes).map(([name, count]) => [name, units(count)]))
  const indexUnits = [...Object.values(use.globalIndexes), ...Object.values(use.localIndexes)]
  return {
    TableName: use.tableName,
    ...units(indexUnits.reduce((sum, one) => sum + one, use.table)),
    ...(mode === DETAILED && {
      Table: units(use.table),
      ...(Object.keys(use.globalIndexes).length > 0 && { GlobalSecondaryIndexes: byName(use.globalIndexes) }),
      ...(Object.keys(use.localIndexes).length > 0 && { LocalSecondaryIndexes: byName(use.localIndexes) }),
    }),
  }
}

/** Tells the observer of the table, then of each index. */
export function tell(observer: ConsumedObserver | undefined, action: string, uses: readonly TableUse[]): void {
  if (!observer) return
  for (const { tableName, kind, table, globalIndexes, localIndexes } of uses) {
    const consumed = (units: number) => ({
      action,
      table: tableName,
      readUnits: kind === 'read' ? units : 0,
      writeUnits: kind === 'write' ? units : 0,
    })
    const indexes = Object.entries({ ...globalIndexes, ...localIndexes })
    if (table > 0 || indexes.length === 0) observer(consumed(table))
    for (const [index, units] of indexes) observer({ ...consumed(units), index })
  }
}
