import type { Context } from '@aws-appsync/utils'
import type { MutationRecordImageRemovedArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { getStoredImage, storedImage } from '../lib/stored-image.ts'

/** Mutation.recordImageRemoved, step 1: AppSync function on the images table. */
export function request(ctx: Context<MutationRecordImageRemovedArgs>) {
  return getStoredImage(ctx.args.input.id)
}

export function response(ctx: Context<MutationRecordImageRemovedArgs, object, object, object, ImageItem | null>) {
  return storedImage(ctx)
}
