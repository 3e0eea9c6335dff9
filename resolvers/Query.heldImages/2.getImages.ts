import { runtime, type Context } from '@aws-appsync/utils'
import type { QueryHeldImagesArgs } from '../../generated/graphql.ts'
import { getImages, readyImages, type BatchResult } from '../lib/batch-get.ts'
import { awaitsOperator, type ImageItem } from '../lib/image.ts'
import type { HeldImagesStash } from './stash.ts'

type Step = Context<QueryHeldImagesArgs, HeldImagesStash, { result: string[] }, object, BatchResult<ImageItem>>

/**
 * Query.heldImages, step 2: AppSync function on the images table.
 * request:  BatchGetItem of the images, 0.5 RCU each and 4 KB
 * response: those that are READY and wait for an operator, in the facets' order
 */
export function request(ctx: Step) {
  const ids = ctx.prev.result
  if (ids.length === 0) runtime.earlyReturn([])
  return getImages(ctx, ids, false)
}

export function response(ctx: Step): ImageItem[] {
  return readyImages(ctx).filter((item) => awaitsOperator(item))
}
