import type { Context } from '@aws-appsync/utils'
import type { Image, MutationRecordImageLabelsArgs } from '../../generated/graphql.ts'
import { toImage, type ImageItem } from '../lib/image.ts'

/**
 * Mutation.recordImageLabels: pipeline on the images table, for the back end alone. 1. get the image -> 2. write what
 * was seen -> the image as stored, which AppSync pushes to `onImageChanged`.
 */
export function request() {
  return {}
}

export function response(ctx: Context<MutationRecordImageLabelsArgs, object, { result: ImageItem }>): Image {
  return toImage(ctx.prev.result, ctx.env.MEDIA_BASE_URL!)
}
