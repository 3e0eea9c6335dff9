import type { Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { QueryHeldImagesArgs } from '../../generated/graphql.ts'
import { BY_FACET, HELD_FACET } from '../lib/keys.ts'
import { pageOf, type QueryPage } from '../lib/page-of-query.ts'
import type { HeldImagesStash } from './stash.ts'

/**
 * Query.heldImages, step 1: AppSync function on the images table.
 * request:  Query of index byFacet, partition HELD, newest first; 0.5 RCU per 4 KB read
 * response: ids of the images of one page
 */
export function request(ctx: Context<QueryHeldImagesArgs, HeldImagesStash>) {
  return query({
    index: BY_FACET,
    query: { facetKey: { eq: HELD_FACET } },
    scanIndexForward: false,
    limit: ctx.stash.limit,
    nextToken: ctx.args.nextToken,
  })
}

export function response(
  ctx: Context<QueryHeldImagesArgs, HeldImagesStash, object, object, QueryPage<{ id: string }>>,
): string[] {
  const { items, nextToken } = pageOf(ctx)
  ctx.stash.nextToken = nextToken ?? null
  return items.map(({ id }) => id)
}
