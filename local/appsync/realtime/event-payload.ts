import {
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
} from 'graphql'
import { isRecord } from '../../aws/json.ts'
import type { Executed } from '../graphql/execute-operation.ts'

/** What a mutation's root field gave, by field names. */
export interface FieldEvent {
  mutationField: string
  payload: Record<string, unknown>
}

interface Within {
  fragments: Record<string, FragmentDefinitionNode>
  variables: Record<string, unknown>
}

/**
 * The events of an executed mutation: of each root field that gave an object, what the client selected of it. Aliases
 * are undone, as filters and subscribers speak of fields. A root field that gave null fires nothing.
 */
export function eventsOf({ answer, prepared: { document, operation, variables } }: Executed): FieldEvent[] {
  if (operation.operation !== 'mutation' || !answer.data) return []
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )
  const data = answer.data
  const byResponseName = groupFields(operation.selectionSet.selections, { fragments, variables })
  return [...byResponseName].flatMap(([responseName, nodes]): FieldEvent[] => {
    const payload = unalias(data[responseName], nodes, { fragments, variables })
    return isRecord(payload) ? [{ mutationField: nodes[0]?.name.value ?? '', payload }] : []
  })
}

function unalias(value: unknown, nodes: FieldNode[], within: Within): unknown {
  if (Array.isArray(value)) return value.map((item) => unalias(item, nodes, within))
  const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? [])
  if (!isRecord(value) || selections.length === 0) return value
  const plain: Record<string, unknown> = {}
  for (const [responseName, inner] of groupFields(selections, within)) {
    const name = inner[0]?.name.value
    if (name !== undefined && Object.hasOwn(value, responseName))
      plain[name] = unalias(value[responseName], inner, within)
  }
  return plain
}

/**
 * Fields by response name, fragments opened. Of fragments on other types the value has no fields, and nothing is
 * taken.
 */
function groupFields(
  selections: readonly SelectionNode[],
  within: Within,
  into = new Map<string, FieldNode[]>(),
): Map<string, FieldNode[]> {
  for (const node of selections) {
    if (getDirectiveValues(GraphQLSkipDirective, node, within.variables)?.if === true) continue
    if (getDirectiveValues(GraphQLIncludeDirective, node, within.variables)?.if === false) continue
    if (node.kind === Kind.FIELD) {
      const name = (node.alias ?? node.name).value
      into.set(name, [...(into.get(name) ?? []), node])
      continue
    }
    const set = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : within.fragments[node.name.value]?.selectionSet
    if (set) groupFields(set.selections, within, into)
  }
  return into
}
