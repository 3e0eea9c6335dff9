import type { Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { QueryImagesArgs } from '../../generated/graphql.ts'
import { callerSub } from '../lib/identity.ts'
import type { ImageItem } from '../lib/image.ts'
import { BY_FACET, facetKeyOf } from '../lib/keys.ts'
import { pageOf, type QueryPage } from '../lib/page-of-query.ts'
import type { ImagesStash } from './stash.ts'

/**
 * Query.images, step 1: AppSync function on the images table.
 * request:  Query of index byFacet, partition <owner>#<status> or <owner>#<facet>, newest first; 0.5 RCU per 4 KB read
 * response: the images, or the facets, of one page
 */
export function request(ctx: Context<QueryImagesArgs, ImagesStash>) {
  const { limit, list } = ctx.stash
  return query({
    index: BY_FACET,
    query: { facetKey: { eq: facetKeyOf(callerSub(ctx.identity), list.facet) } },
    scanIndexForward: false,
    limit,
    nextToken: ctx.args.nextToken,
  })
}

export function response(ctx: Context<QueryImagesArgs, ImagesStash, object, object, QueryPage<ImageItem>>) {
  const { items, nextToken } = pageOf(ctx)
  ctx.stash.nextToken = nextToken ?? null
  return items
}
