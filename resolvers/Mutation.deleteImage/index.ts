import { util, type Context } from '@aws-appsync/utils'
import type { Image, MutationDeleteImageArgs } from '../../generated/graphql.ts'
import type { DeletionStash } from '../lib/deletion/targets.ts'
import { toImage } from '../lib/image.ts'

/**
 * Mutation.deleteImage: pipeline, for the image's owner. 1. get the image -> 2. queue the removal of what is left ->
 * 3. hide the image -> 4. tell of it -> the tombstone.
 */
export function request(ctx: Context<MutationDeleteImageArgs, DeletionStash>) {
  ctx.stash.targets = [{ id: ctx.args.id, fault: null }]
  return {}
}

export function response(ctx: Context<MutationDeleteImageArgs, DeletionStash>): Image {
  const { fault, item } = ctx.stash.targets[0]!
  if (fault) util.error(fault.message, fault.type)
  return toImage(item!, ctx.env.MEDIA_BASE_URL!)
}
