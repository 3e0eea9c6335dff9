import { runtime, type Context } from '@aws-appsync/utils'
import { batchGet, batchItems, type BatchResult } from '../batch-get.ts'
import type { FileItem } from '../facet-writes.ts'
import { fileKey } from '../keys.ts'
import { MAX_IMAGES_OF_A_FILE } from '../limits.ts'
import { wanted, type UploadsStash } from './uploads.ts'

type Step = Context<object, UploadsStash, object, object, BatchResult<FileItem>>

/**
 * request:  BatchGetItem of the files whose SHA-256 was declared, 0.5 RCU each; nothing when there is none
 * response: stashes the newest images of each
 */
export function request(ctx: Step) {
  const { owner, uploads } = ctx.stash
  const files = declaredFiles(ctx.stash)
  if (uploads.length === 0 || files.length === 0) runtime.earlyReturn({})
  return batchGet(ctx, files.map((sha256) => fileKey(owner, sha256)), false)
}

export function response(ctx: Step) {
  const items = batchItems(ctx)
  const files = declaredFiles(ctx.stash)
  ctx.stash.uploads.forEach((upload) => {
    const { sha256 } = upload.asked
    const item = sha256 === null ? null : items[files.indexOf(sha256)] ?? null
    const ids = item ? item.imageIds ?? [] : []
    // ULIDs sort by time.
    upload.duplicateIds = ids.slice().sort().reverse().slice(0, MAX_IMAGES_OF_A_FILE)
  })
  return {}
}

/** Each once: DynamoDB refuses a key that comes twice. */
function declaredFiles({ uploads }: UploadsStash): string[] {
  const files: string[] = []
  wanted(uploads).forEach(({ asked: { sha256 } }) => {
    if (sha256 !== null && !files.includes(sha256)) files.push(sha256)
  })
  return files
}
