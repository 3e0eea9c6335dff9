import { util, type Context } from '@aws-appsync/utils'
import type { Image, MutationPublishImageChangeArgs } from '../generated/graphql.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { shown } from './lib/shown.ts'
import { getStoredImage, storedImage } from './lib/stored-image.ts'

type Result = Context<MutationPublishImageChangeArgs, object, object, object, ImageItem | null>

/**
 * Mutation.publishImageChange: unit resolver on the images table, for the back end alone.
 * request:  GetItem, consistent, 1 RCU per 4 KB
 * response: the image as stored, which AppSync pushes to `onImageChanged`
 */
export function request(ctx: Result) {
  return getStoredImage(ctx.args.id)
}

export function response(ctx: Result): Image {
  const item = storedImage(ctx)
  if (!item) util.error(`An image ${shown(ctx.args.id)} is not known.`, 'ImageNotFound')
  return toImage(item!, ctx.env.MEDIA_BASE_URL!)
}
