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
  /** Whether there are images that the page has no room for. */
  isMore: boolean
}

type ShardPage = { items: ImageItem[]; nextToken?: string | null }
export type ShardContext = Context<QueryPublicImagesArgs, PublicImagesStash, object, object, ShardPage>

/** The newest images of one shard, 0 to 7: a Query of index byPublic; 0.5 RCU per 4 KB read. */
export function queryShard(ctx: ShardContext, shard: number) {
  const { limit, before } = ctx.stash
  const publicKey = { eq: shardKey(shard) }
  return query({
    index: BY_PUBLIC,
    query: before === null ? { publicKey } : { publicKey, id: { lt: before } },
    scanIndexForward: false,
    limit,
  })
}

/** Merges what one shard gave into the page. */
export function mergeShard(ctx: ShardContext) {
  failOn(ctx.error)
  const { limit, page, readDownTo, isMore } = ctx.stash
  const { items, nextToken } = ctx.result
  const last = items.length > 0 ? items[items.length - 1]!.id : ''
  const candidates = [...page, ...items]
  ctx.stash.page = newestFirst(candidates).slice(0, limit)
  ctx.stash.isMore = isMore || candidates.length > limit || !!nextToken
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
