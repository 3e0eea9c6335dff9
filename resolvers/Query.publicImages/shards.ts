import type { Context } from '@aws-appsync/utils'
import { query } from '@aws-appsync/utils/dynamodb'
import type { QueryPublicImagesArgs } from '../../generated/graphql.ts'
import { failOn } from '../lib/data-source-error.ts'
import type { ImageItem } from '../lib/image.ts'
import { BY_PUBLIC, shardKey } from '../lib/keys.ts'

/** What the steps of this pipeline hand on to each other. */
export interface PublicImagesStash {
  limit: number
  /** Ids below this one only; null: from the newest on. */
  before: string | null
  /** The newest of the shards that were read, at most `limit`, newest first. */
  page: ImageItem[]
  /** Every shard that was read has been read down to this id; '' when all of them came to their end. */
  readDownTo: string
  /** Whether there may be images that the page has no room for. */
  isMore: boolean
}

type ShardPage = { items: ImageItem[]; nextToken?: string | null }
export type ShardContext = Context<QueryPublicImagesArgs, PublicImagesStash, object, object, ShardPage>

/**
 * The newest images of one shard, 0 to 7: a Query of index byPublic; 0.5 RCU per 4 KB read, and at least 0.5. Once the
 * page is full, only those that are newer than its last one.
 */
export function queryShard(ctx: ShardContext, shard: number) {
  const { limit, before, page } = ctx.stash
  const publicKey = { eq: shardKey(shard) }
  const after = page.length === limit ? page[limit - 1]!.id : null
  const shared = { index: BY_PUBLIC, scanIndexForward: false }
  if (before === null && after === null) return query({ ...shared, limit, query: { publicKey } })
  if (before === null) return query({ ...shared, limit, query: { publicKey, id: { gt: after! } } })
  if (after === null) return query({ ...shared, limit, query: { publicKey, id: { lt: before } } })
  // A sort key takes one condition, and "between" includes both ends: room for `before` itself, which is dropped.
  return query({ ...shared, limit: limit + 1, query: { publicKey, id: { between: [after, before] } } })
}

/** Merges what one shard gave into the page. */
export function mergeShard(ctx: ShardContext) {
  failOn(ctx.error)
  const { limit, before, page, readDownTo, isMore } = ctx.stash
  const { items, nextToken } = ctx.result
  const last = items.length > 0 ? items[items.length - 1]!.id : ''
  const candidates = [...page, ...items.filter(({ id }) => id !== before)]
  ctx.stash.page = newestFirst(candidates).slice(0, limit)
  // Of a shard that was read beside a full page nobody knows what it holds below.
  ctx.stash.isMore = isMore || page.length === limit || candidates.length > limit || !!nextToken
  if (nextToken && last > readDownTo) ctx.stash.readDownTo = last
  return {}
}

/** ULIDs sort by time. APPSYNC_JS sorts texts alone, without a comparator: so the ids, and then the images by them. */
function newestFirst(images: ImageItem[]): ImageItem[] {
  const byId: Record<string, ImageItem> = {}
  images.forEach((image) => {
    byId[image.id] = image
  })
  return Object.keys(byId).sort().reverse().map((id) => byId[id]!)
}
