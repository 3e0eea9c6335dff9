import {
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  print,
} from 'graphql'

/** What the client selected below a field, in the two forms of `ctx.info`. */
export interface SelectionSetInfo {
  /** Response names, nested ones as paths, e.g. `items`, `items/id`. */
  selectionSetList: string[]
  /** The selection set's text; fragment spreads stand in it as inline fragments. */
  selectionSetGraphQL: string
}

/** Selections that `@skip` and `@include` leave out are in neither form. */
export function selectionSet(
  info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>,
): SelectionSetInfo {
  const selections = info.fieldNodes.flatMap((node) => node.selectionSet?.selections ?? [])
  if (selections.length === 0) return { selectionSetList: [], selectionSetGraphQL: '' }
  const kept = keep(selections, info)
  return { selectionSetList: [...new Set(paths(kept, ''))], selectionSetGraphQL: print(asSet(kept)) }
}

type Within = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>

function keep(selections: readonly SelectionNode[], within: Within): SelectionNode[] {
  return selections.flatMap((node): SelectionNode[] => {
    if (!included(node, within)) return []
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = within.fragments[node.name.value]
      return fragment ? [asInline(fragment, within)] : []
    }
    if (!node.selectionSet) return [node]
    return [{ ...node, selectionSet: asSet(keep(node.selectionSet.selections, within)) }]
  })
}

function included(node: SelectionNode, { variableValues }: Within): boolean {
  if (!node.directives?.length) return true
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues)
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues)
  return skip?.if !== true && include?.if !== false
}

function asInline(fragment: FragmentDefinitionNode, within: Within): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: fragment.typeCondition,
    selectionSet: asSet(keep(fragment.selectionSet.selections, within)),
  }
}

const asSet = (selections: SelectionNode[]): SelectionSetNode => ({ kind: Kind.SELECTION_SET, selections })

function paths(selections: readonly SelectionNode[], prefix: string): string[] {
  return selections.flatMap((node): string[] => {
    if (node.kind === Kind.FIELD) {
      const path = prefix + (node.alias ?? node.name).value
      return [path, ...paths(node.selectionSet?.selections ?? [], `${path}/`)]
    }
    return node.kind === Kind.INLINE_FRAGMENT ? paths(node.selectionSet.selections, prefix) : []
  })
}
