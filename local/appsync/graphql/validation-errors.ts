import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type ValidationRule,
  validate,
  visit,
} from 'graphql'
import { type Place, WORDINGS } from './validation-wordings.ts'
import { locationsOf, type WireError } from './wire-error.ts'

/**
 * Validates rule by rule, as only that tells which rule an error belongs to, and words the errors the way AppSync
 * does.
 */
export function validationErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: readonly ValidationRule[],
): WireError[] {
  const places = placesOf(document)
  return rules.flatMap((rule) => validate(schema, document, [rule]).map((error) => wireError(rule.name, error, places)))
}

function wireError(ruleName: string, error: GraphQLError, places: Map<ASTNode, Place>): WireError {
  // Of a variable and the place that uses it, AppSync points at the place.
  const node = ruleName === 'VariablesInAllowedPositionRule' ? error.nodes?.at(-1) : error.nodes?.[0]
  const place = (node && places.get(node)) ?? { path: [], inputPath: [] }
  const known = WORDINGS[ruleName]?.find(({ pattern }) => !pattern || pattern.test(error.message))
  const sentence = known ? known.say(known.pattern?.exec(error.message)?.slice(1) ?? [], place) : error.message
  const at = place.path.length > 0 ? ` @ '${place.path.join('/')}'` : ''
  const from = known?.type === 'WrongType' ? place.argument : ruleName === 'ScalarLeafsRule' ? place.field : undefined
  return {
    path: null,
    locations: locationsOf(from ? [from] : node ? [node] : []),
    message: `Validation error of type ${known?.type ?? 'InvalidSyntax'}: ${sentence}${at}`,
  }
}

function placesOf(document: DocumentNode): Map<ASTNode, Place> {
  const places = new Map<ASTNode, Place>()
  const stack: Place[] = [{ path: [], inputPath: [] }]
  visit(document, {
    enter(node) {
      const above = stack.at(-1) ?? { path: [], inputPath: [] }
      const place: Place = { ...above }
      if (node.kind === Kind.FIELD) Object.assign(place, { path: [...above.path, node.name.value], field: node })
      if (node.kind === Kind.ARGUMENT) Object.assign(place, { argument: node, inputPath: [], value: node.value })
      if (node.kind === Kind.OBJECT_FIELD)
        Object.assign(place, { inputPath: [...above.inputPath, node.name.value], value: node.value })
      places.set(node, place)
      stack.push(place)
    },
    leave() {
      stack.pop()
    },
  })
  return places
}
