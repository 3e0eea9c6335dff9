import { type FragmentDefinitionNode, type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql'
import { isRecord } from '../../aws/json.ts'

type Fragments = Record<string, FragmentDefinitionNode>

/** Cuts a value down to the selection set of the field, under its response names. A leaf stays as it is. */
export function selectedData(value: unknown, info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): unknown {
  const selections = info.fieldNodes.flatMap((node) => node.selectionSet?.selections ?? [])
  return selections.length === 0 ? value : cut(value, selections, info.fragments)
}

function cut(value: unknown, selections: readonly SelectionNode[], fragments: Fragments): unknown {
  if (Array.isArray(value)) return value.map((item) => cut(item, selections, fragments))
  if (!isRecord(value)) return value
  const chosen: Record<string, unknown> = {}
  for (const node of selections) {
    if (node.kind === Kind.FIELD) {
      const field = value[node.name.value] ?? null
      chosen[(node.alias ?? node.name).value] = node.selectionSet
        ? cut(field, node.selectionSet.selections, fragments)
        : field
      continue
    }
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments[node.name.value]?.selectionSet
    Object.assign(chosen, cut(value, inner?.selections ?? [], fragments))
  }
  return chosen
}
