import { runtime, type Context } from '@aws-appsync/utils'
import { batchItems, getImages, type BatchResult } from '../batch-get.ts'
import type { ImageItem } from '../image.ts'
import type { UploadsStash } from './uploads.ts'

type Step = Context<object, UploadsStash, object, object, BatchResult<ImageItem>>

/**
 * request:  BatchGetItem of the images that were made of the same files, 0.5 RCU each and 4 KB; nothing when there is
 *           none
 * response: stashes those that are READY
 */
export function request(ctx: Step) {
  const ids = duplicateIds(ctx.stash)
  if (ids.length === 0) runtime.earlyReturn({})
  return getImages(ctx, ids, false)
}

export function response(ctx: Step) {
  const items = batchItems(ctx)
  const ids = duplicateIds(ctx.stash)
  ctx.stash.uploads.forEach((upload) => {
    const { duplicateId } = upload
    const item = duplicateId === undefined ? null : items[ids.indexOf(duplicateId)] ?? null
    if (item && item.status === 'READY') upload.duplicate = item
  })
  return {}
}

function duplicateIds({ uploads }: UploadsStash): string[] {
  const ids: string[] = []
  uploads.forEach(({ duplicateId }) => {
    if (duplicateId !== undefined && !ids.includes(duplicateId)) ids.push(duplicateId)
  })
  return ids
}
