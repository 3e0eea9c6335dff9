import type { Context } from '@aws-appsync/utils'
import type { Image, MutationReprocessImageArgs } from '../../generated/graphql.ts'
import { toImage } from '../lib/image.ts'
import { checkMayBeMine } from '../lib/my-image.ts'
import type { ReprocessStash } from './stash.ts'

/**
 * Mutation.reprocessImage: pipeline, for the image's owner. 1. get the image -> 2. queue its original -> the image as it
 * is until somebody receives that.
 */
export function request(ctx: Context<MutationReprocessImageArgs, ReprocessStash>) {
  checkMayBeMine(ctx.args.id)
  return {}
}

export function response(ctx: Context<MutationReprocessImageArgs, ReprocessStash>): Image {
  return toImage(ctx.stash.image, ctx.env.MEDIA_BASE_URL!)
}
