import { runtime, util, type Context } from '@aws-appsync/utils'
import { failOn } from '../data-source-error.ts'
import type { ImageItem } from '../image.ts'
import { imageKey, statusFacetKey } from '../keys.ts'
import { refuse } from '../refusal.ts'
import { wanted, type Upload, type UploadsStash } from './uploads.ts'

interface Written {
  unprocessedItems?: Record<string, ImageItem[]>
}

type Step = Context<object, UploadsStash, object, object, Written>

/**
 * request:  BatchPutItem of the PENDING images, whose ids are new; 1 WCU per KB each, and as much an index. The images
 *           are stored last, and the tickets handed out only then: no upload without an image.
 * response: stashes the items; what DynamoDB left out is a `ServiceUnavailable` of its own
 */
export function request(ctx: Step) {
  const { owner } = ctx.stash
  const now = util.time.nowISO8601()
  const uploads = wanted(ctx.stash.uploads)
  if (uploads.length === 0) runtime.earlyReturn({})
  uploads.forEach((upload) => {
    upload.item = pendingImage(upload, owner, now)
  })
  const items = uploads.map(({ item }) => util.dynamodb.toMapValues(item as unknown as Record<string, unknown>))
  return { operation: 'BatchPutItem', tables: { [ctx.env.TABLE_NAME!]: items } }
}

export function response(ctx: Step) {
  failOn(ctx.error)
  const { unprocessedItems } = ctx.result
  const left = unprocessedItems ? unprocessedItems[ctx.env.TABLE_NAME!] ?? [] : []
  left.forEach(({ id }) => {
    ctx.stash.uploads.filter((upload) => upload.id === id).forEach((upload) => {
      upload.fault = refuse('ServiceUnavailable', 'Darkroom could not do this just now. Try again.')
    })
  })
  return {}
}

function pendingImage({ id, asked, mediaKey }: Upload, owner: string, now: string): ImageItem {
  const { fileName, contentType, byteSize, sha256, title, altText, category, tags } = asked
  return {
    ...imageKey(id),
    owner,
    facetKey: statusFacetKey(owner, 'PENDING'),
    status: 'PENDING',
    version: 1,
    visibility: 'PRIVATE',
    fileName,
    title,
    altText,
    category,
    tags,
    contentType,
    byteSize,
    sha256,
    mediaKey: mediaKey!,
    labelsStatus: 'PENDING',
    createdAt: now,
    updatedAt: now,
  }
}
