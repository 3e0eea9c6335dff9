import { RuntimeFault } from '../signals.ts'
import { isPlainObject, kindOf } from '../to-json.ts'
import { attributes, expectList, expectPayload, passOn, projectionMember } from './payload.ts'

/** What is asked of each table, by the table's name. */
function eachTable<T>(
  given: unknown,
  helper: string,
  convert: (value: unknown, table: string) => T
): Record<string, T> {
  const { tables } = expectPayload(given, helper)
  if (!isPlainObject(tables))
    throw new RuntimeFault(`expected ${helper} to be given tables by name, got ${kindOf(tables)}`)
  return Object.fromEntries(Object.entries(tables).map(([table, value]) => [table, convert(value, table)]))
}

export function batchGet(given: unknown) {
  const tables = eachTable(given, 'batchGet', (value, table) => {
    const payload = expectPayload(value, `batchGet of ${table}`)
    const keys = expectList(payload.keys, `the keys of ${table}`).map((key) => attributes(key, `a key of ${table}`))
    return { keys, ...passOn(payload, ['consistentRead']), ...projectionMember(payload) }
  })
  return { operation: 'BatchGetItem', tables }
}

export function batchPut(given: unknown) {
  const tables = eachTable(given, 'batchPut', (items, table) =>
    expectList(items, `the items of ${table}`).map((item) => attributes(item, `an item of ${table}`))
  )
  return { operation: 'BatchPutItem', tables }
}

export function batchDelete(given: unknown) {
  const tables = eachTable(given, 'batchDelete', (keys, table) =>
    expectList(keys, `the keys of ${table}`).map((key) => attributes(key, `a key of ${table}`))
  )
  return { operation: 'BatchDeleteItem', tables }
}
