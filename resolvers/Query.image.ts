import { runtime, type Context } from '@aws-appsync/utils'
import { get } from '@aws-appsync/utils/dynamodb'
import type { Image, QueryImageArgs } from '../generated/graphql.ts'
import { failOn } from './lib/data-source-error.ts'
import { isOwner } from './lib/identity.ts'
import { toImage, toPublicImage, type ImageItem } from './lib/image.ts'
import { imageKey, isImageId } from './lib/keys.ts'

/**
 * Query.image: unit resolver on the images table.
 * request:  GetItem, key {id, facet: IMAGE}; 0.5 RCU per 4 KB; an id that can't be one is not looked up
 * response: the image, to others than its owner without what is the owner's alone; or null when absent, or another's
 *           and PRIVATE (the same answer on purpose)
 */
export function request(ctx: Context<QueryImageArgs>) {
  if (!isImageId(ctx.args.id)) runtime.earlyReturn(null)
  return get({ key: imageKey(ctx.args.id) })
}

export function response(ctx: Context<QueryImageArgs, object, object, object, ImageItem | null>): Image | null {
  failOn(ctx.error)
  const item = ctx.result
  if (!item || item.status === 'DELETED') return null
  if (isOwner(ctx.identity, item.owner)) return toImage(item, ctx.env.MEDIA_BASE_URL!)
  return item.visibility === 'PUBLIC' && item.status === 'READY' ? toPublicImage(item, ctx.env.MEDIA_BASE_URL!) : null
}
