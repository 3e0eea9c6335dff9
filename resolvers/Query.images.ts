import { util, type Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { ImageConnection, QueryImagesArgs } from '../generated/graphql.ts'
import { failOn } from './lib/data-source-error.ts'
import { callerSub } from './lib/identity.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { BY_FACET, statusFacetKey } from './lib/keys.ts'
import { MAX_PAGE_LIMIT } from './lib/limits.ts'

/** Used when the caller passes null; leaving the arguments out takes the schema's defaults, which are the same. */
const DEFAULT_LIMIT = 20
const DEFAULT_STATUS = 'READY'

/**
 * Query.images: unit resolver on the images table.
 * request:  Query of index byFacet, partition <owner>#<status>, newest first; 0.5 RCU per 4 KB read
 * response: one page; `nextToken` is null on the last one
 */
export function request(ctx: Context<QueryImagesArgs>) {
  const limit = ctx.args.limit ?? DEFAULT_LIMIT
  if (limit < 1 || limit > MAX_PAGE_LIMIT) {
    util.error(`limit must be between 1 and ${MAX_PAGE_LIMIT}, got ${limit}.`, 'InvalidLimit')
  }
  const status = ctx.args.status ?? DEFAULT_STATUS
  return query({
    index: BY_FACET,
    query: { facetKey: { eq: statusFacetKey(callerSub(ctx.identity), status) } },
    scanIndexForward: false,
    limit,
    nextToken: ctx.args.nextToken,
  })
}

type Page = { items: ImageItem[]; nextToken?: string | null }

export function response(ctx: Context<QueryImagesArgs, object, object, object, Page>): ImageConnection {
  failOn(ctx.error)
  const { items, nextToken } = ctx.result
  return { items: items.map((item) => toImage(item, ctx.env.MEDIA_BASE_URL!)), nextToken }
}
