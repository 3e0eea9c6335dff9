import { util, type Context } from '@aws-appsync/utils'
import { get } from '@aws-appsync/utils/dynamodb'
import type { QuerySimilarImagesArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { imageKey } from '../lib/keys.ts'
import { myImage } from '../lib/my-image.ts'
import { storedImage } from '../lib/stored-image.ts'
import type { SimilarImagesStash } from './stash.ts'

type Step = Context<QuerySimilarImagesArgs, SimilarImagesStash, object, object, ImageItem | null>

/** Query.similarImages, step 1: AppSync function on the images table: GetItem, 0.5 RCU per 4 KB; stashes the hash. */
export function request(ctx: Step) {
  return get({ key: imageKey(ctx.args.id) })
}

export function response(ctx: Step) {
  const { status, perceptualHash } = myImage(storedImage(ctx), ctx.args.id, ctx.identity)
  if (status !== 'READY') {
    util.error(`Only an image that is READY can be compared, this one is ${status}.`, 'ImageNotReady')
  }
  ctx.stash.hash = perceptualHash ?? ''
  return {}
}
