import { runtime, type Context } from '@aws-appsync/utils'
import { batchItems, getImages, type BatchResult } from '../batch-get.ts'
import { isOwner } from '../identity.ts'
import type { ImageItem } from '../image.ts'
import { isImageId } from '../keys.ts'
import { imageNotFound } from '../my-image.ts'
import type { DeletionStash } from './targets.ts'

type Step = Context<object, DeletionStash, object, object, BatchResult<ImageItem>>

/**
 * request:  BatchGetItem of the images, consistent: 1 RCU each and 4 KB; an id that can't be one is not looked up
 * response: stashes the caller's own; `ImageNotFound` alike for the others
 */
export function request(ctx: Step) {
  ctx.stash.targets.filter(({ id }) => !isImageId(id)).forEach((target) => {
    target.fault = imageNotFound(target.id)
  })
  const ids = possibleIds(ctx.stash)
  if (ids.length === 0) runtime.earlyReturn({})
  return getImages(ctx, ids, true)
}

export function response(ctx: Step) {
  const items = batchItems(ctx)
  const ids = possibleIds(ctx.stash)
  ctx.stash.targets.filter(({ fault }) => fault === null).forEach((target) => {
    const item = items[ids.indexOf(target.id)] ?? null
    if (item && isOwner(ctx.identity, item.owner)) target.item = item
    else target.fault = imageNotFound(target.id)
  })
  return {}
}

/** Each once: DynamoDB refuses a key that comes twice. */
function possibleIds({ targets }: DeletionStash): string[] {
  const ids: string[] = []
  targets.forEach(({ id, fault }) => {
    if (fault === null && !ids.includes(id)) ids.push(id)
  })
  return ids
}
