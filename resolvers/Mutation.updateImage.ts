import { util, type Context } from '@aws-appsync/utils'
import type { Image, MutationUpdateImageArgs } from '../generated/graphql.ts'
import { all, belongsTo, statusIsOneOf } from './lib/conditions.ts'
import { failOn } from './lib/data-source-error.ts'
import { callerSub, isOwner } from './lib/identity.ts'
import { imageChanges, isToBePublic } from './lib/image-changes.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { imageKey, isImageId } from './lib/keys.ts'
import { shown } from './lib/shown.ts'
import { updateExpression } from './lib/update-expression.ts'

/**
 * Mutation.updateImage: unit resolver on the images table, for the image's owner.
 * request:  UpdateItem on condition `belongsTo`, and `statusIsOneOf` READY when it is to be PUBLIC; 1 WCU per KB, and
 *           as much an index. The image enters and leaves `byPublic` by this same write. An id that can't be one is not
 *           looked up.
 * response: the image as stored; `ImageNotFound` alike for an image that is unknown and for another's
 */
export function request(ctx: Context<MutationUpdateImageArgs>) {
  const { input } = ctx.args
  const { attributes, removed } = imageChanges(input)
  if (!isImageId(input.id)) notFound(input.id)
  const mine = belongsTo(callerSub(ctx.identity))
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(imageKey(input.id)),
    update: updateExpression({ ...attributes, updatedAt: util.time.nowISO8601() }, removed),
    condition: all(isToBePublic(input) ? [mine, statusIsOneOf(['READY'])] : [mine]),
  }
}

type Result = Context<MutationUpdateImageArgs, object, object, object, ImageItem | null>

export function response(ctx: Result): Image {
  if (ctx.error && ctx.error.type === 'DynamoDB:ConditionalCheckFailedException') refuse(ctx)
  failOn(ctx.error)
  return toImage(ctx.result!, ctx.env.MEDIA_BASE_URL!)
}

/** Tells why the condition did not hold, by the item as it stands. */
function refuse(ctx: Result): void {
  const { input } = ctx.args
  const current = ctx.result
  if (!current || !isOwner(ctx.identity, current.owner)) notFound(input.id)
  if (isToBePublic(input) && current!.status !== 'READY') {
    util.error(`Only an image that is READY can be made PUBLIC, this one is ${current!.status}.`, 'ImageNotReady')
  }
}

function notFound(id: string): void {
  util.error(`You have no image ${shown(id)}.`, 'ImageNotFound')
}
