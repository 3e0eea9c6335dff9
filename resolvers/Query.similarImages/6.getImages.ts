import { runtime, type Context } from '@aws-appsync/utils'
import type { QuerySimilarImagesArgs } from '../../generated/graphql.ts'
import { getImages, readyImages, type BatchResult } from '../lib/batch-get.ts'
import type { ImageItem } from '../lib/image.ts'
import type { SimilarImagesStash } from './stash.ts'

type Step = Context<QuerySimilarImagesArgs, SimilarImagesStash, object, object, BatchResult<ImageItem>>

/**
 * Query.similarImages, step 6: AppSync function on the images table.
 * request:  BatchGetItem of the nearest; 0.5 RCU each and 4 KB
 * response: those that are READY, nearest first
 */
export function request(ctx: Step) {
  const ids = nearestFirst(ctx.stash)
  if (ids.length === 0) runtime.earlyReturn([])
  return getImages(ctx, ids, false)
}

export function response(ctx: Step): ImageItem[] {
  return readyImages(ctx)
}

/** APPSYNC_JS sorts texts alone, without a comparator: so distances of two digits, each with its id. */
function nearestFirst({ distances, limit }: SimilarImagesStash): string[] {
  const texts = Object.keys(distances).map((id) => `${`0${distances[id]}`.slice(-2)}${id}`)
  return texts.sort().slice(0, limit).map((text) => text.slice(2))
}
