import { runtime, util, type Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import { failOn } from '../data-source-error.ts'
import { BY_FACET, statusFacetKey } from '../keys.ts'
import { MAX_PENDING_UPLOADS } from '../limits.ts'
import { wanted, type UploadsStash } from './uploads.ts'

type Step = Context<object, UploadsStash, object, object, { items: object[] }>

/**
 * request:  Query of index byFacet, partition <owner>#PENDING, of as many as there may be; 0.5 RCU per 4 KB, so 0.5
 *           for most, and 13 for a hundred of 1 KB; nothing when there is nothing to upload
 * response: ends with `TooManyPendingUploads` when the partition has no room for all. An index is a moment behind its
 *           table, and two requests at once don't see each other: the limit keeps off floods, and is not exact.
 */
export function request(ctx: Step) {
  if (wanted(ctx.stash.uploads).length === 0) runtime.earlyReturn({})
  return query<{ facetKey: string; id: string }>({
    index: BY_FACET,
    query: { facetKey: { eq: statusFacetKey(ctx.stash.owner, 'PENDING') } },
    limit: MAX_PENDING_UPLOADS,
    projection: ['id'],
  })
}

export function response(ctx: Step) {
  failOn(ctx.error)
  const pending = ctx.result.items.length
  const asked = wanted(ctx.stash.uploads).length
  if (pending + asked > MAX_PENDING_UPLOADS) {
    util.error(
      `You may have at most ${MAX_PENDING_UPLOADS} images PENDING, got ${pending} and ${asked} more. `
        + 'Upload or wait for some of them.',
      'TooManyPendingUploads',
    )
  }
  return {}
}
