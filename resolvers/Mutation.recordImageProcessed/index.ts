import type { Context } from '@aws-appsync/utils'
import type { Image, MutationRecordImageProcessedArgs } from '../../generated/graphql.ts'
import { toImage, type ImageItem } from '../lib/image.ts'
import { checkOutcome } from '../lib/outcome.ts'

/**
 * Mutation.recordImageProcessed: pipeline on the images table, for the back end alone. Sound report -> 1. get the
 * image -> 2. write what became of it -> the image as stored, which AppSync pushes to `onImageProcessed`; a typed error
 * pushes nothing.
 */
export function request(ctx: Context<MutationRecordImageProcessedArgs>) {
  checkOutcome(ctx.args.input)
  return {}
}

export function response(ctx: Context<MutationRecordImageProcessedArgs, object, { result: ImageItem }>): Image {
  return toImage(ctx.prev.result, ctx.env.MEDIA_BASE_URL!)
}
