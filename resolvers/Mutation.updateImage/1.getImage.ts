import type { Context } from '@aws-appsync/utils'
import type { MutationUpdateImageArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { getStoredImage, storedImage } from '../lib/stored-image.ts'

/** Mutation.updateImage, step 1: AppSync function on the images table. */
export function request(ctx: Context<MutationUpdateImageArgs>) {
  return getStoredImage(ctx.args.input.id)
}

export function response(ctx: Context<MutationUpdateImageArgs, object, object, object, ImageItem | null>) {
  return storedImage(ctx)
}
