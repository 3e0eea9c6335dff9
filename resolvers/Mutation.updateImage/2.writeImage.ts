import { util, type Context } from '@aws-appsync/utils'
import type { MutationUpdateImageArgs } from '../../generated/graphql.ts'
import { imageChanges } from '../lib/image-changes.ts'
import { isHeld, type ImageItem } from '../lib/image.ts'
import { myImage } from '../lib/my-image.ts'
import { writeImage, writtenImage, type WriteStash } from '../lib/write-image.ts'

type Step = Context<MutationUpdateImageArgs, WriteStash, { result: ImageItem | null }, object, ImageItem | null>

/**
 * Mutation.updateImage, step 2: AppSync function on the images table.
 * request:  see `writeImage`. The image enters and leaves `byPublic` by this same write.
 * response: the image as written
 */
export function request(ctx: Step) {
  const { input } = ctx.args
  const current = myImage(ctx.prev.result, input.id, ctx.identity)
  const expectedVersion = input.expectedVersion ?? null
  if (expectedVersion !== null && expectedVersion !== current.version) {
    util.error(`The image has version ${current.version}, expected ${expectedVersion}.`, 'VersionConflict')
  }
  if (input.visibility === 'PUBLIC') checkMayBePublic(current)
  return writeImage(ctx, current, imageChanges(input))
}

export function response(ctx: Step): ImageItem {
  return writtenImage(ctx)
}

function checkMayBePublic(current: ImageItem): void {
  const { status } = current
  if (status !== 'READY') {
    util.error(`Only an image that is READY can be made PUBLIC, this one is ${status}.`, 'ImageNotReady')
  }
  if (isHeld(current)) {
    util.error(
      `Only an image that is not held back can be made PUBLIC, of this one moderationStatus is ${current.moderationStatus!}.`,
      'ImageHeld',
    )
  }
}
