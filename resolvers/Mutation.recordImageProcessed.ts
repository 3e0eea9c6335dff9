import { util, type Context } from '@aws-appsync/utils'
import type { Image, ImageStatus, MutationRecordImageProcessedArgs } from '../generated/graphql.ts'
import { all, belongsTo, statusIsOneOf, statusIsOneOfOrMayBeRedriven } from './lib/conditions.ts'
import { failOn } from './lib/data-source-error.ts'
import { toImage, type ImageItem } from './lib/image.ts'
import { imageKey, statusFacetKey } from './lib/keys.ts'
import { comesFrom, isRestart, outcomeAttributes, OUTCOME_OF_FAILED, TERMINAL_STATUSES } from './lib/outcome.ts'
import { updateExpression } from './lib/update-expression.ts'

/**
 * Mutation.recordImageProcessed: unit resolver on the images table, for the back end alone.
 * request:  UpdateItem on conditions `belongsTo` and `statusIsOneOf`, or `statusIsOneOfOrMayBeRedriven` for an original
 *           that an operator sent once more; 1 WCU per KB, and as much an index
 * response: the image as stored, which AppSync pushes to `onImageProcessed`; a typed error pushes nothing
 */
export function request(ctx: Context<MutationRecordImageProcessedArgs>) {
  const { id, owner, status } = ctx.args.input
  const restart = isRestart(ctx.args.input)
  const statuses = comesFrom(status)
  const mayFollow = restart ? statusIsOneOfOrMayBeRedriven(statuses) : statusIsOneOf(statuses)
  const now = util.time.nowISO8601()
  const attributes: Record<string, unknown> = {
    ...outcomeAttributes(ctx.args.input),
    status,
    facetKey: statusFacetKey(owner, status),
    updatedAt: now,
  }
  if (TERMINAL_STATUSES.includes(status)) attributes.processedAt = now
  const key = util.dynamodb.toMapValues(imageKey(id))
  const update = updateExpression(attributes, restart ? OUTCOME_OF_FAILED : [])
  return { operation: 'UpdateItem', key, update, condition: all([belongsTo(owner), mayFollow]) }
}

type Result = Context<MutationRecordImageProcessedArgs, object, object, object, ImageItem | null>

export function response(ctx: Result): Image {
  if (ctx.error && ctx.error.type === 'DynamoDB:ConditionalCheckFailedException') return refused(ctx)
  failOn(ctx.error)
  return toImage(ctx.result!, ctx.env.MEDIA_BASE_URL!)
}

/** Tells why the condition did not hold, by the item as it stands. */
function refused(ctx: Result): Image {
  const { id, owner, status } = ctx.args.input
  const current = ctx.result
  if (!current || current.owner !== owner) {
    util.error(`An image ${id} of owner ${owner} is not known.`, 'ImageNotFound')
  }
  const was: ImageStatus = current!.status
  if (TERMINAL_STATUSES.includes(was)) {
    util.error(`The image is ${was} and stays so; ${status} was not recorded.`, 'ImageAlreadyFinished')
  }
  if (was !== status) {
    util.error(`An image that is ${was} can't become ${status}.`, 'InvalidTransition')
  }
  return toImage(current!, ctx.env.MEDIA_BASE_URL!)
}
