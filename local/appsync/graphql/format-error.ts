import { type GraphQLError, type GraphQLSchema, isObjectType } from 'graphql'
import { FieldError } from '../errors.ts'
import { locationsOf, type WireError } from './wire-error.ts'

/**
 * An error of the execution as AppSync writes it: type, info and data stand beside the message, not under
 * `extensions`.
 */
export function formatExecutionError(error: GraphQLError, schema: GraphQLSchema): WireError {
  const cause = error.originalError
  const path = error.path ?? null
  if (cause instanceof FieldError) {
    const { errorType, errorInfo, data, message } = cause
    return { path, data, errorType, errorInfo, locations: locationsOf(error.nodes ?? []), message }
  }
  return { path, locations: null, message: completionMessage(error, schema) }
}

/** What went wrong with a value that a resolver returned. */
function completionMessage(error: GraphQLError, schema: GraphQLSchema): string {
  const at = pathText(error.path ?? [])
  const nonNull = /^Cannot return null for non-nullable field (.+?)\.(.+?)\.$/.exec(error.message)
  if (nonNull) {
    const [, typeName = '', fieldName = ''] = nonNull
    const parent = schema.getType(typeName)
    const type = isObjectType(parent) ? parent.getFields()[fieldName]?.type : undefined
    return `Cannot return null for non-nullable type: '${innerName(String(type))}' within parent '${typeName}' (${at})`
  }
  if (error.message.startsWith('Expected Iterable'))
    return `Can't resolve value (${at}) : type mismatch error, expected type LIST`
  return `Can't serialize value (${at}) : ${error.message}`
}

const innerName = (type: string) => type.replace(/[[\]!]/g, '')

/** E.g. `/images/items[0]/id`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `/${part}`)).join('')
}
