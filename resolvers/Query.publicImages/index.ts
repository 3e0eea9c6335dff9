import type { Context } from '@aws-appsync/utils'
import type { ImageConnection, QueryPublicImagesArgs } from '../../generated/graphql.ts'
import { isOwner } from '../lib/identity.ts'
import { toImage, toPublicImage } from '../lib/image.ts'
import { idBefore, tokenAfter } from '../lib/next-token.ts'
import { checkLimit } from '../lib/page-limit.ts'
import type { PublicImagesStash } from './shards.ts'

/**
 * Query.publicImages: pipeline. Sound arguments -> 1. to 8. a Query a shard, each merged into the page -> the page.
 * Cost: eight Queries, one after the other, of 0.5 RCU per 4 KB read and at least 0.5 RCU each. The first shard is read
 * for the whole page, each further one only as far as it is newer than what is there: in the mean 3.6 times the page
 * (1 + 1 + 1/2 + ... + 1/7), 8 times at worst.
 */
export function request(ctx: Context<QueryPublicImagesArgs, PublicImagesStash>) {
  ctx.stash.limit = checkLimit(ctx.args.limit)
  ctx.stash.before = idBefore(ctx.args.nextToken)
  ctx.stash.page = []
  ctx.stash.readDownTo = ''
  ctx.stash.isMore = false
  return {}
}

export function response(ctx: Context<QueryPublicImagesArgs, PublicImagesStash>): ImageConnection {
  const { page, readDownTo, isMore } = ctx.stash
  // A shard whose Query ended early (1 MB) may hold images that belong between the older ones of other shards.
  const items = page.filter(({ id }) => id >= readDownTo)
  const last = items.length > 0 ? items[items.length - 1] : undefined
  const mediaBaseUrl = ctx.env.MEDIA_BASE_URL!
  return {
    items: items.map((item) =>
      isOwner(ctx.identity, item.owner) ? toImage(item, mediaBaseUrl) : toPublicImage(item, mediaBaseUrl)),
    nextToken: last && isMore ? tokenAfter(last.id) : null,
  }
}
