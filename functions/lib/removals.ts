import type { Image } from '../../generated/graphql.ts'
import { PUBLISH_IMAGE_CHANGE, RECORD_IMAGE_REMOVED } from '../../generated/back-end-mutations.ts'
import { GraphqlError, type GraphqlClient } from './graphql-client.ts'
import type { OriginalKey } from './object-keys.ts'

/** What the API knows of images that are removed. */
export interface Removals {
  /**
   * How the image stands this moment. Its owner's subscribers are told the same: the mutation that deleted it may have
   * broken off before it could. Undefined: nobody knows the image.
   */
  tell(original: OriginalKey): Promise<Image | undefined>
  /** Leaves nothing of the image but its tombstone. Repeatable. */
  record(original: OriginalKey): Promise<void>
}

/** How the API says that it does not know an image. */
const UNKNOWN = 'ImageNotFound'

export function createRemovals(client: GraphqlClient): Removals {
  const ask = (query: string, variables: Record<string, unknown>) =>
    client.execute(query, variables).catch((error: unknown) => {
      if (error instanceof GraphqlError && error.errorType === UNKNOWN) return undefined
      throw error
    })
  return {
    async tell({ id, owner }) {
      const data = await ask(PUBLISH_IMAGE_CHANGE, { id })
      const image = data?.publishImageChange as Image | undefined
      return image?.owner === owner ? image : undefined
    },
    async record({ id, owner }) {
      await ask(RECORD_IMAGE_REMOVED, { input: { id, owner } })
    },
  }
}
