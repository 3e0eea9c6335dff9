import type { Context } from '@aws-appsync/utils'
import type { Image, MutationRecordImageRemovedArgs } from '../../generated/graphql.ts'
import { toImage, type ImageItem } from '../lib/image.ts'

/**
 * Mutation.recordImageRemoved: pipeline on the images table, for the back end alone. 1. get the image -> 2. take away
 * its facets and what was known of it -> the tombstone.
 */
export function request() {
  return {}
}

export function response(ctx: Context<MutationRecordImageRemovedArgs, object, { result: ImageItem }>): Image {
  return toImage(ctx.prev.result, ctx.env.MEDIA_BASE_URL!)
}
