import { runtime, type Context } from '@aws-appsync/utils'
import type { MutationRecordImageViewsArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { getStoredImage, storedImage } from '../lib/stored-image.ts'
import type { MediaItem } from './media-item.ts'

/** Mutation.recordImageViews, step 2: AppSync function on the images table. */
export function request(ctx: Context<MutationRecordImageViewsArgs, object, { result: MediaItem | null }>) {
  const { result: mediaItem } = ctx.prev
  if (!mediaItem) runtime.earlyReturn(null)
  return getStoredImage(mediaItem!.imageId)
}

export function response(ctx: Context<MutationRecordImageViewsArgs, object, object, object, ImageItem | null>) {
  return storedImage(ctx)
}
