import type { Context } from '@aws-appsync/utils'
import type { DeleteImageResult, MutationDeleteImagesArgs } from '../../generated/graphql.ts'
import { checkBatchSize } from '../lib/batch-size.ts'
import type { DeletionStash } from '../lib/deletion/targets.ts'
import { toImage } from '../lib/image.ts'

/** Mutation.deleteImages: pipeline, the steps of `deleteImage` for all of the images together. */
export function request(ctx: Context<MutationDeleteImagesArgs, DeletionStash>) {
  checkBatchSize('ids', ctx.args.ids.length)
  ctx.stash.targets = ctx.args.ids.map((id) => ({ id, fault: null }))
  return {}
}

/** One result an id, in their order. */
export function response(ctx: Context<MutationDeleteImagesArgs, DeletionStash>): DeleteImageResult[] {
  const mediaBaseUrl = ctx.env.MEDIA_BASE_URL!
  return ctx.stash.targets.map(({ id, fault, item }) =>
    (fault ? { id, image: null, error: fault } : { id, image: toImage(item!, mediaBaseUrl), error: null }))
}
