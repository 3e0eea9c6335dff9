import type { Context } from '@aws-appsync/utils'
import type { ImageConnection, QueryHeldImagesArgs } from '../../generated/graphql.ts'
import { toHeldImage, type ImageItem } from '../lib/image.ts'
import { checkLimit } from '../lib/page-limit.ts'
import type { HeldImagesStash } from './stash.ts'

/**
 * Query.heldImages: pipeline on the images table, for an operator alone. Sound arguments -> 1. Query of the facets of
 * what is held back -> 2. the images -> one page, with the variants that nobody else is given; `nextToken` is null on
 * the last one.
 */
export function request(ctx: Context<QueryHeldImagesArgs, HeldImagesStash>) {
  ctx.stash.limit = checkLimit(ctx.args.limit)
  return {}
}

export function response(ctx: Context<QueryHeldImagesArgs, HeldImagesStash, { result: ImageItem[] }>): ImageConnection {
  const mediaBaseUrl = ctx.env.MEDIA_BASE_URL!
  return {
    items: ctx.prev.result.map((item) => toHeldImage(item, mediaBaseUrl)),
    nextToken: ctx.stash.nextToken ?? null,
  }
}
