import type { Context } from '@aws-appsync/utils'
import type { Image, MutationUpdateImageArgs } from '../../generated/graphql.ts'
import { imageChanges } from '../lib/image-changes.ts'
import { toImage, type ImageItem } from '../lib/image.ts'
import { checkMayBeMine } from '../lib/my-image.ts'

/**
 * Mutation.updateImage: pipeline on the images table, for the image's owner. Sound input -> 1. get the image ->
 * 2. write what is to change -> the image as stored.
 */
export function request(ctx: Context<MutationUpdateImageArgs>) {
  const { input } = ctx.args
  imageChanges(input)
  checkMayBeMine(input.id)
  return {}
}

export function response(ctx: Context<MutationUpdateImageArgs, object, { result: ImageItem }>): Image {
  return toImage(ctx.prev.result, ctx.env.MEDIA_BASE_URL!)
}
