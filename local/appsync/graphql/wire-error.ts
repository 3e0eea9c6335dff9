import { type ASTNode, getLocation } from 'graphql'

/** A place in the query as AppSync writes it. */
export interface WireLocation {
  line: number
  column: number
  sourceName: null
}

/** An error as it stands in the answer. */
export interface WireError {
  path?: readonly (string | number)[] | null
  data?: unknown
  errorType?: string | null
  errorInfo?: unknown
  locations?: WireLocation[] | null
  message: string
}

/** Where nodes stand in the query. */
export function locationsOf(nodes: readonly ASTNode[]): WireLocation[] {
  return nodes.flatMap(({ loc }) => (loc ? [{ ...getLocation(loc.source, loc.start), sourceName: null }] : []))
}
