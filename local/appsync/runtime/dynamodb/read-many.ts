import { RuntimeFault } from '../signals.ts'
import { kindOf } from '../to-json.ts'
import { expectPayload, expressionMember, passOn, projectionMember } from './payload.ts'

const PAGING = ['index', 'limit', 'nextToken', 'consistentRead', 'scanIndexForward', 'select'] as const

/** The key condition is rendered as filters are: `{id: {eq}, sk: {beginsWith}}`. */
export function query(given: unknown) {
  const payload = expectPayload(given, 'query')
  if (payload.query === undefined || payload.query === null) {
    throw new RuntimeFault(`expected query to have key conditions, got ${kindOf(payload.query)}`)
  }
  return {
    operation: 'Query',
    ...expressionMember(payload, 'query'),
    ...expressionMember(payload, 'filter'),
    ...projectionMember(payload),
    ...passOn(payload, PAGING),
  }
}

export function scan(given: unknown = {}) {
  const payload = expectPayload(given, 'scan')
  return {
    operation: 'Scan',
    ...expressionMember(payload, 'filter'),
    ...projectionMember(payload),
    ...passOn(payload, [...PAGING, 'totalSegments', 'segment']),
  }
}

export function sync(given: unknown = {}) {
  const payload = expectPayload(given, 'sync')
  return {
    operation: 'Sync',
    ...expressionMember(payload, 'filter'),
    ...passOn(payload, ['basePartitionKey', 'deltaIndexName', 'limit', 'nextToken', 'lastSync']),
  }
}
