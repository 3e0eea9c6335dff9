import { runtime, util, type Context } from '@aws-appsync/utils'
import type { MutationRecordImageLabelsArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { seenLater } from '../lib/seen-later.ts'
import { writeImage, writtenImage, type WriteStash } from '../lib/write-image.ts'

type Step = Context<MutationRecordImageLabelsArgs, WriteStash, { result: ImageItem | null }, object, ImageItem | null>

/**
 * Mutation.recordImageLabels, step 2: AppSync function on the images table.
 * request:  see `writeImage`; nothing is written when all of it is known already
 * response: the image as written
 */
export function request(ctx: Step) {
  const { input } = ctx.args
  const { id, owner } = input
  const mediaKey = input.mediaKey ?? null
  const current = ctx.prev.result
  if (!current || current.owner !== owner) {
    util.error(`An image ${id} of owner ${owner} is not known.`, 'ImageNotFound')
  }
  if (current!.status !== 'READY' || (mediaKey !== null && current!.mediaKey !== mediaKey)) {
    util.error(`Expected an image that is READY as it was seen, got one that is ${current!.status}.`, 'ImageNotReady')
  }
  const attributes = seenLater(current!, input)
  if (Object.keys(attributes).length === 0) runtime.earlyReturn(current)
  const isHidden = attributes.moderationStatus === 'HELD' && current!.publicKey !== undefined
  return writeImage(ctx, current!, { attributes, removed: isHidden ? ['publicKey'] : [] })
}

export function response(ctx: Step): ImageItem {
  return writtenImage(ctx)
}
