import { runtime, util, type Context } from '@aws-appsync/utils'
import type { MutationRecordImageRemovedArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { tombstoneOf } from '../lib/tombstone.ts'
import { writeImage, writtenImage, type WriteStash } from '../lib/write-image.ts'

type Step = Context<MutationRecordImageRemovedArgs, WriteStash, { result: ImageItem | null }, object, ImageItem | null>

/**
 * Mutation.recordImageRemoved, step 2: AppSync function on the images table.
 * request:  see `writeImage`: the facets go by the same transaction. Nothing for an image that is a tombstone already.
 * response: the tombstone
 */
export function request(ctx: Step) {
  const { id, owner } = ctx.args.input
  const current = ctx.prev.result
  if (!current || current.owner !== owner) {
    util.error(`An image ${id} of owner ${owner} is not known.`, 'ImageNotFound')
  }
  if (current!.status !== 'DELETED') {
    util.error(`Expected an image that is DELETED, got one that is ${current!.status}.`, 'ImageNotDeleted')
  }
  const tombstone = tombstoneOf(current!)
  if (tombstone === null) runtime.earlyReturn(current)
  return writeImage(ctx, current!, tombstone!)
}

export function response(ctx: Step): ImageItem {
  return writtenImage(ctx)
}
