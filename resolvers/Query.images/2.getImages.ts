import { runtime, type Context } from '@aws-appsync/utils'
import type { QueryImagesArgs } from '../../generated/graphql.ts'
import { getImages, readyImages, type BatchResult } from '../lib/batch-get.ts'
import type { ImageItem } from '../lib/image.ts'
import type { ImagesStash } from './stash.ts'

type Step = Context<QueryImagesArgs, ImagesStash, { result: ImageItem[] }, object, BatchResult<ImageItem>>

/**
 * Query.images, step 2: AppSync function on the images table.
 * request:  BatchGetItem of the images that the facets lead to, 0.5 RCU each and 4 KB; nothing when step 1 read images
 * response: those that are READY, in the facets' order. One that was just deleted may be missing from a page.
 */
export function request(ctx: Step) {
  const found = ctx.prev.result
  if (ctx.stash.list.holdsImages || found.length === 0) runtime.earlyReturn(found)
  return getImages(ctx, found.map(({ id }) => id), false)
}

export function response(ctx: Step): ImageItem[] {
  return readyImages(ctx)
}
