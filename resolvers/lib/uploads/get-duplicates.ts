import { runtime, type Context } from '@aws-appsync/utils'
import { batchItems, getImages, type BatchResult } from '../batch-get.ts'
import type { ImageItem } from '../image.ts'
import type { Upload, UploadsStash } from './uploads.ts'

type Step = Context<object, UploadsStash, object, object, BatchResult<ImageItem>>

/**
 * request:  BatchGetItem of the images that were made of the same files, 0.5 RCU each and 4 KB; nothing when there is
 *           none
 * response: stashes the newest that is READY for each upload
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
    const ready = idsOf(upload).map((id) => items[ids.indexOf(id)] ?? null).filter((item) => item !== null && item.status === 'READY')
    if (ready.length > 0) upload.duplicate = ready[0]!
  })
  return {}
}

function duplicateIds({ uploads }: UploadsStash): string[] {
  const ids: string[] = []
  uploads.forEach((upload) => {
    idsOf(upload).forEach((id) => {
      if (!ids.includes(id)) ids.push(id)
    })
  })
  return ids
}

function idsOf({ duplicateIds }: Upload): string[] {
  return duplicateIds ?? []
}
