import type { Context } from '@aws-appsync/utils'
import type { MutationRecordImageProcessedArgs } from '../../generated/graphql.ts'
import { batchGet, batchItems, type BatchResult } from '../lib/batch-get.ts'
import type { FileItem } from '../lib/facet-writes.ts'
import type { ImageItem } from '../lib/image.ts'
import { fileKey, imageKey } from '../lib/keys.ts'
import { getStoredImage, storedImage } from '../lib/stored-image.ts'
import type { WriteStash } from '../lib/write-image.ts'

type Args = MutationRecordImageProcessedArgs
type Single = Context<Args, WriteStash, object, object, ImageItem | null>
type Pair = Context<Args, WriteStash, object, object, BatchResult<ImageItem | FileItem>>

/**
 * Mutation.recordImageProcessed, step 1: AppSync function on the images table.
 * request:  GetItem of the image, consistent, 1 RCU per 4 KB; of one that is to be READY BatchGetItem, with the set of
 *           images of its file, 1 RCU more
 * response: the image; stashes the set
 */
export function request(ctx: Context<Args>) {
  const { id, owner } = ctx.args.input
  const sha256 = newFile(ctx.args)
  return sha256 === null ? getStoredImage(id) : batchGet(ctx, [imageKey(id), fileKey(owner, sha256)], true)
}

export function response(ctx: Single | Pair): ImageItem | null {
  if (newFile(ctx.args) === null) return storedImage(ctx as Single)
  const [image, file] = batchItems(ctx as Pair)
  ctx.stash.file = (file ?? null) as FileItem | null
  return (image ?? null) as ImageItem | null
}

/** SHA-256 of the file that the image is to be found by. */
function newFile({ input: { status, sha256 } }: Args): string | null {
  return status === 'READY' ? sha256 ?? null : null
}
