import { util, type Context } from '@aws-appsync/utils'
import type { Image, MutationRecordImageViewsArgs } from '../../generated/graphql.ts'
import { toImage, type ImageItem } from '../lib/image.ts'

/**
 * Mutation.recordImageViews: pipeline on the images table, for the back end alone. 1. find out whose media key it is
 * -> 2. get the image -> 3. count its views once -> the image as stored, or null.
 */
export function request(ctx: Context<MutationRecordImageViewsArgs>) {
  const { views } = ctx.args.input
  if (views < 1) util.error(`views must be 1 or more, got ${views}.`, 'InvalidViews')
  return {}
}

type Result = Context<MutationRecordImageViewsArgs, object, { result: ImageItem | null }>

export function response(ctx: Result): Image | null {
  const item = ctx.prev.result
  return item ? toImage(item, ctx.env.MEDIA_BASE_URL!) : null
}
