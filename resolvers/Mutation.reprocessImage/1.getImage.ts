import { util, type Context } from '@aws-appsync/utils'
import type { MutationReprocessImageArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { myImage } from '../lib/my-image.ts'
import { REPROCESSED_FROM } from '../lib/outcome.ts'
import { getStoredImage, storedImage } from '../lib/stored-image.ts'
import type { ReprocessStash } from './stash.ts'

type Step = Context<MutationReprocessImageArgs, ReprocessStash, object, object, ImageItem | null>

/** Mutation.reprocessImage, step 1: AppSync function on the images table. */
export function request(ctx: Step) {
  return getStoredImage(ctx.args.id)
}

export function response(ctx: Step) {
  const image = myImage(storedImage(ctx), ctx.args.id, ctx.identity)
  if (!REPROCESSED_FROM.includes(image.status)) {
    util.error(
      `An image can be developed once more when it is ${REPROCESSED_FROM.join(', ')}, this one is ${image.status}.`,
      'ImageNotFinished',
    )
  }
  ctx.stash.image = image
  return {}
}
