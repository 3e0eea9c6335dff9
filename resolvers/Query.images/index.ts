import type { Context } from '@aws-appsync/utils'
import type { ImageConnection, QueryImagesArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { toImage } from '../lib/image.ts'
import { checkLimit } from '../lib/page-limit.ts'
import { listedBy } from './listed-by.ts'
import type { ImagesStash } from './stash.ts'

/**
 * Query.images: pipeline on the images table. Sound arguments -> 1. Query of what is listed: images, or the facets that
 * lead to them -> 2. the images of the facets -> one page; `nextToken` is null on the last one.
 */
export function request(ctx: Context<QueryImagesArgs, ImagesStash>) {
  ctx.stash.limit = checkLimit(ctx.args.limit)
  ctx.stash.list = listedBy(ctx.args)
  return {}
}

export function response(ctx: Context<QueryImagesArgs, ImagesStash, { result: ImageItem[] }>): ImageConnection {
  const mediaBaseUrl = ctx.env.MEDIA_BASE_URL!
  return {
    items: ctx.prev.result.map((item) => toImage(item, mediaBaseUrl)),
    nextToken: ctx.stash.nextToken ?? null,
  }
}
