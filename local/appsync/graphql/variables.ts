import {
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  coerceInputValue,
  isInputType,
  isNonNullType,
  print,
  typeFromAST,
  valueFromAST,
} from 'graphql'
import { locationsOf, type WireError } from './wire-error.ts'

/** Either the values that were given, all good, or what is wrong with them. */
export type CheckedVariables =
  | { values: Record<string, unknown>; errors?: undefined }
  | { values?: undefined; errors: WireError[] }

/**
 * Checks variables against their definitions and words the faults as AppSync does, its habit included of naming the
 * outermost variable where a required field deep inside is missing. The values handed back are the raw ones:
 * graphql-js coerces them again when it executes.
 */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): CheckedVariables {
  const values: Record<string, unknown> = {}
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    if (!isInputType(type)) continue
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    const missing = value === undefined && definition.defaultValue === undefined && isNonNullType(type)
    const message =
      missing || (value === null && isNonNullType(type))
        ? coercedNull(name, print(definition.type))
        : value === undefined
        ? undefined
        : fault(name, value, type)
    if (message !== undefined) {
      const locations = message.startsWith('The variables input') ? null : locationsOf([definition])
      return { errors: [{ path: null, locations, message }] }
    }
    if (value !== undefined) values[name] = value
  }
  return { values }
}

/** Variables as resolvers see them in `ctx.info.variables`: given ones, else defaults. */
export function visibleVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const visible: Record<string, unknown> = {}
  for (const { variable, type: typeNode, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value
    const type = typeFromAST(schema, typeNode)
    if (Object.hasOwn(values, name)) visible[name] = values[name]
    else if (defaultValue && isInputType(type)) visible[name] = valueFromAST(defaultValue, type)
  }
  return visible
}

function coercedNull(variable: string, type: string): string {
  return `Variable '${variable}' has coerced Null value for NonNull type '${type}'`
}

function fault(variable: string, value: unknown, type: GraphQLInputType): string | undefined {
  let message: string | undefined
  coerceInputValue(value, type, (_path, _value, error) => {
    message ??= faultMessage(variable, error.originalError?.message ?? error.message)
  })
  return message
}

function faultMessage(variable: string, said: string): string {
  const required =
    /^Field ".+?" of required type "(.+?)" was not provided/.exec(said) ??
    /^Expected non-nullable type "(.+?)" not to be null/.exec(said)
  if (required?.[1] !== undefined) return coercedNull(variable, required[1])
  const unknown = /^Field ".+?" is not defined by type "(.+?)"/.exec(said)
  if (unknown) return `The variables input contains a field that is not defined for input object type '${unknown[1]}' `
  return `Variable '${variable}' has an invalid value. ${said}`
}
