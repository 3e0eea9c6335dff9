import { runtime, type Context } from '@aws-appsync/utils'
import { get } from '@aws-appsync/utils/dynamodb'
import type { Image, QueryImageArgs } from '../generated/graphql.ts'
import { failOn } from './lib/data-source-error.ts'
import { callerSub } from './lib/identity.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { imageKey, isImageId } from './lib/keys.ts'

/**
 * Query.image: unit resolver on the images table.
 * request:  GetItem, key {id, facet: IMAGE}; 0.5 RCU per 4 KB; an id that can't be one is not looked up
 * response: the image, or null when absent or not the caller's (the same answer on purpose)
 */
export function request(ctx: Context<QueryImageArgs>) {
  if (!isImageId(ctx.args.id)) runtime.earlyReturn(null)
  return get({ key: imageKey(ctx.args.id) })
}

export function response(ctx: Context<QueryImageArgs, object, object, object, ImageItem | null>): Image | null {
  failOn(ctx.error)
  const item = ctx.result
  if (!item || item.owner !== callerSub(ctx.identity)) return null
  return toImage(item, ctx.env.MEDIA_BASE_URL!)
}
