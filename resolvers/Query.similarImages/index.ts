import { util, type Context } from '@aws-appsync/utils'
import type { QuerySimilarImagesArgs, SimilarImageConnection } from '../../generated/graphql.ts'
import { toImage, type ImageItem } from '../lib/image.ts'
import { MAX_SIMILAR_DISTANCE } from '../lib/limits.ts'
import { checkMayBeMine } from '../lib/my-image.ts'
import { checkLimit } from '../lib/page-limit.ts'
import type { SimilarImagesStash } from './stash.ts'

/** Used when the caller passes null; leaving the argument out takes the schema's default, which is the same. */
const DEFAULT_DISTANCE = 3

/**
 * Query.similarImages: pipeline on the images table. Sound arguments -> 1. the image -> 2. to 5. a Query a band of its
 * hash, each candidate compared -> 6. the images of the nearest.
 */
export function request(ctx: Context<QuerySimilarImagesArgs, SimilarImagesStash>) {
  const maxDistance = ctx.args.maxDistance ?? DEFAULT_DISTANCE
  if (maxDistance < 0 || maxDistance > MAX_SIMILAR_DISTANCE) {
    util.error(`maxDistance must be between 0 and ${MAX_SIMILAR_DISTANCE}, got ${maxDistance}.`, 'InvalidDistance')
  }
  checkMayBeMine(ctx.args.id)
  ctx.stash.limit = checkLimit(ctx.args.limit)
  ctx.stash.maxDistance = maxDistance
  ctx.stash.distances = {}
  ctx.stash.isCut = false
  return {}
}

type Result = Context<QuerySimilarImagesArgs, SimilarImagesStash, { result: ImageItem[] }>

export function response(ctx: Result): SimilarImageConnection {
  const { distances, isCut, limit } = ctx.stash
  const mediaBaseUrl = ctx.env.MEDIA_BASE_URL!
  return {
    items: ctx.prev.result.map((item) => ({ image: toImage(item, mediaBaseUrl), distance: distances[item.id]! })),
    isMore: isCut || Object.keys(distances).length > limit,
  }
}
