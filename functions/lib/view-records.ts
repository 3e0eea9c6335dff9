import type { RecordImageViewsInput } from '../../generated/graphql.ts'
import type { GraphqlClient } from './graphql-client.ts'

/** The one way by which views are stored. */
export interface ViewRecords {
  /**
   * Records all of them, each once however often it is told.
   * @throws GraphqlError, GraphqlUnreachable: some were stored and some not; record all again
   */
  record(views: RecordImageViewsInput[]): Promise<void>
}

/**
 * Images whose views are recorded by one request. Each is a mutation under an alias, and the API runs one after the
 * other: far less than the seconds that a request may take, and half of the resolvers that it may run.
 */
export const VIEWS_PER_REQUEST = 25

export function createViewRecords(client: GraphqlClient): ViewRecords {
  return {
    async record(views) {
      for (let start = 0; start < views.length; start += VIEWS_PER_REQUEST) {
        const inputs = views.slice(start, start + VIEWS_PER_REQUEST)
        const variables = Object.fromEntries(inputs.map((input, index) => [`input${index}`, input]))
        await client.execute(mutationOf(inputs.length), variables)
      }
    },
  }
}

function mutationOf(count: number): string {
  const indexes = Array.from({ length: count }, (_each, index) => index)
  const variables = indexes.map((index) => `$input${index}: RecordImageViewsInput!`).join(', ')
  const fields = indexes.map((index) => `image${index}: recordImageViews(input: $input${index}) { id }`).join(' ')
  return `mutation RecordImageViews(${variables}) { ${fields} }`
}
