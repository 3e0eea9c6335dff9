import { runtime, util, type Context } from '@aws-appsync/utils'
import type { MutationRecordImageProcessedArgs } from '../../generated/graphql.ts'
import { holdsClaim } from '../lib/claim.ts'
import type { ImageItem } from '../lib/image.ts'
import { publicKey, statusFacetKey } from '../lib/keys.ts'
import { checkOutcome, isRestartOf, outcomeOf, TERMINAL_STATUSES } from '../lib/outcome.ts'
import { writeImage, writtenImage, type WriteStash } from '../lib/write-image.ts'

type Step = Context<MutationRecordImageProcessedArgs, WriteStash, { result: ImageItem | null }, object, ImageItem | null>

/**
 * Mutation.recordImageProcessed, step 2: AppSync function on the images table.
 * request:  see `writeImage`; nothing is written for a claim that is repeated by who holds it, nor for FAILED that is
 *           reported once more: who reports it has something to clear up
 * response: the image as written
 */
export function request(ctx: Step) {
  const { input } = ctx.args
  const { id, owner, status } = input
  const current = ctx.prev.result
  if (!current || current.owner !== owner) {
    util.error(`An image ${id} of owner ${owner} is not known.`, 'ImageNotFound')
  }
  const was = current!.status
  const { attributes, comesFrom } = checkOutcome(input)
  if (was === 'FAILED' && status === 'FAILED') runtime.earlyReturn(current)
  const isRestart = isRestartOf(input, current!)
  if (TERMINAL_STATUSES.includes(was) && !isRestart) {
    util.error(`The image is ${was} and stays so; ${status} was not recorded.`, 'ImageAlreadyFinished')
  }
  if (was === 'PROCESSING' && status === 'PROCESSING') {
    if (holdsClaim(current!, input)) runtime.earlyReturn(current)
  } else if (!comesFrom.includes(was) && !isRestart) {
    util.error(`An image that is ${was} can't become ${status}.`, 'InvalidTransition')
  }
  const changed: Record<string, unknown> = { ...attributes, status, facetKey: statusFacetKey(owner, status) }
  if (TERMINAL_STATUSES.includes(status)) changed.processedAt = util.time.nowISO8601()
  if (isShownToAll(current!, changed)) changed.publicKey = publicKey(id)
  return writeImage(ctx, current!, { attributes: changed, removed: isRestart ? outcomeOf(current!) : [] })
}

/** An image that was PUBLIC before it was developed once more is so again, unless it is held back now. */
function isShownToAll({ visibility }: ImageItem, { status, moderationStatus }: Record<string, unknown>): boolean {
  return visibility === 'PUBLIC' && status === 'READY'
    && (moderationStatus === 'CLEARED' || moderationStatus === 'NOT_ASKED')
}

export function response(ctx: Step): ImageItem {
  return writtenImage(ctx)
}
