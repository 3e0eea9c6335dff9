import { RuntimeFault } from '../signals.ts'
import { isPlainObject } from '../to-json.ts'
import { attributes, expectList, expectPayload, expressionMember, projectionMember, type Payload } from './payload.ts'
import { updateMember } from './update.ts'

export function transactGet(given: unknown) {
  const items = expectList(expectPayload(given, 'transactGet').items, 'the items of transactGet')
  const transactItems = items.map((item) => {
    const payload = expectPayload(item, 'an item of transactGet')
    return { table: payload.table, key: attributes(payload.key, 'key'), ...projectionMember(payload) }
  })
  return { operation: 'TransactGetItems', transactItems }
}

const toTarget = (payload: Payload) => ({ table: payload.table, key: attributes(payload.key, 'key') })

/** Each kind of write, by the member that names it. */
const WRITES: Record<string, (payload: Payload) => Payload> = {
  putItem: (payload) => ({
    operation: 'PutItem',
    ...toTarget(payload),
    attributeValues: attributes(payload.item, 'item'),
  }),
  updateItem: (payload) => ({ operation: 'UpdateItem', ...toTarget(payload), update: updateMember(payload.update) }),
  deleteItem: (payload) => ({ operation: 'DeleteItem', ...toTarget(payload) }),
  conditionCheck: (payload) => ({ operation: 'ConditionCheck', ...toTarget(payload) }),
}

export function transactWrite(given: unknown) {
  const items = expectList(expectPayload(given, 'transactWrite').items, 'the items of transactWrite')
  const transactItems = items.map((item) => {
    const [entry] = isPlainObject(item) ? Object.entries(item) : []
    const [name, value] = entry ?? []
    const convert = name === undefined ? undefined : WRITES[name]
    if (!convert) throw new RuntimeFault(`expected one of ${Object.keys(WRITES).join(', ')}, got ${String(name)}`)
    const payload = expectPayload(value, String(name))
    return { ...convert(payload), ...expressionMember(payload, 'condition') }
  })
  return { operation: 'TransactWriteItems', transactItems }
}
