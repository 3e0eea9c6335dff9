import { util, type Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { MutationRequestUploadArgs } from '../../generated/graphql.ts'
import { failOn } from '../lib/data-source-error.ts'
import type { ImageItem } from '../lib/image.ts'
import { BY_FACET, statusFacetKey } from '../lib/keys.ts'
import { MAX_PENDING_UPLOADS } from '../lib/limits.ts'
import type { UploadStash } from './stash.ts'

/**
 * Mutation.requestUpload, step 1: AppSync function on the images table.
 * request:  Query of index byFacet, partition <owner>#PENDING, of as many as there may be; 0.5 RCU per 4 KB, so 0.5
 *           for most, and 13 for a hundred of 1 KB
 * response: ends with `TooManyPendingUploads` when the partition is full. An index is a moment behind its table, and
 *           two requests at once don't see each other: the limit keeps off floods, and is not exact.
 */
export function request(ctx: Context<MutationRequestUploadArgs, UploadStash>) {
  return query<ImageItem>({
    index: BY_FACET,
    query: { facetKey: { eq: statusFacetKey(ctx.stash.owner, 'PENDING') } },
    limit: MAX_PENDING_UPLOADS,
    projection: ['id'],
  })
}

type Pending = { items: Pick<ImageItem, 'id'>[] }

export function response(ctx: Context<MutationRequestUploadArgs, UploadStash, object, object, Pending>) {
  failOn(ctx.error)
  const pending = ctx.result.items.length
  if (pending >= MAX_PENDING_UPLOADS) {
    util.error(
      `You may have at most ${MAX_PENDING_UPLOADS} images PENDING, got ${pending}. Upload or wait for some of them.`,
      'TooManyPendingUploads',
    )
  }
  return {}
}
