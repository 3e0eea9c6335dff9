import { attributes, expectPayload, expressionMember, passOn, projectionMember } from './payload.ts'

/** Members of versioned data sources, passed on as they are. */
export const VERSIONING = ['customPartitionKey', 'populateIndexFields', '_version'] as const

export function get(given: unknown) {
  const payload = expectPayload(given, 'get')
  return {
    operation: 'GetItem',
    key: attributes(payload.key, 'key'),
    ...passOn(payload, ['consistentRead']),
    ...projectionMember(payload),
  }
}

export function put(given: unknown) {
  const payload = expectPayload(given, 'put')
  return {
    operation: 'PutItem',
    key: attributes(payload.key, 'key'),
    attributeValues: attributes(payload.item, 'item'),
    ...expressionMember(payload, 'condition'),
    ...passOn(payload, VERSIONING),
  }
}

export function remove(given: unknown) {
  const payload = expectPayload(given, 'remove')
  return {
    operation: 'DeleteItem',
    key: attributes(payload.key, 'key'),
    ...expressionMember(payload, 'condition'),
    ...passOn(payload, VERSIONING),
  }
}
