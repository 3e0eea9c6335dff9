import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { RequestRefused } from '../errors.ts'
import { MAX_CACHED_DOCUMENTS } from '../limits.ts'
import { validationErrors } from './validation-errors.ts'
import type { WireError } from './wire-error.ts'

const BAD_REQUEST = 400

export type CheckedDocument =
  | { document: DocumentNode; errors?: undefined }
  | { document?: undefined; errors: WireError[] }

/** Parses and validates queries, and keeps the outcome by the query's text: clients send the same few over and over. */
export interface Documents {
  /** @throws RequestRefused MalformedHttpRequestException for what is no GraphQL */
  check(query: string): CheckedDocument
}

export function createDocuments(schema: GraphQLSchema, { introspection }: { introspection: boolean }): Documents {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const known = new Map<string, CheckedDocument>()
  const check = (query: string): CheckedDocument => {
    const document = parseOrRefuse(query)
    const failed = validate(schema, document, rules).length > 0
    return failed ? { errors: validationErrors(schema, document, rules) } : { document }
  }
  return {
    check(query) {
      const cached = known.get(query)
      if (cached) return cached
      const checked = check(query)
      const oldest = known.size >= MAX_CACHED_DOCUMENTS ? known.keys().next().value : undefined
      if (oldest !== undefined) known.delete(oldest)
      known.set(query, checked)
      return checked
    },
  }
}

function parseOrRefuse(query: string): DocumentNode {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError)
      throw new RequestRefused(BAD_REQUEST, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.')
    throw error
  }
}
