import { util, type Context } from '@aws-appsync/utils'
import { put } from '@aws-appsync/utils/dynamodb'
import type { MutationRequestUploadArgs } from '../../generated/graphql.ts'
import { failOn } from '../lib/data-source-error.ts'
import type { ImageItem } from '../lib/image.ts'
import { imageKey, statusFacetKey } from '../lib/keys.ts'
import type { UploadStash } from './stash.ts'

/**
 * Mutation.requestUpload, step 3: AppSync function on the images table.
 * request:  PutItem of the PENDING image, on condition that its id is new; 1 WCU per KB, and as much an index
 * response: the item
 */
export function request(ctx: Context<MutationRequestUploadArgs, UploadStash>) {
  const { id, owner, mediaKey, asked } = ctx.stash
  const now = util.time.nowISO8601()
  const item: Omit<ImageItem, 'id' | 'facet'> = {
    owner,
    facetKey: statusFacetKey(owner, 'PENDING'),
    status: 'PENDING',
    version: 1,
    visibility: 'PRIVATE',
    fileName: asked.fileName,
    title: asked.title,
    contentType: asked.contentType,
    byteSize: asked.byteSize,
    sha256: asked.sha256,
    mediaKey: mediaKey!,
    labelsStatus: 'PENDING',
    createdAt: now,
    updatedAt: now,
  }
  return put<ImageItem>({ key: imageKey(id), item, condition: { id: { attributeExists: false } } })
}

export function response(ctx: Context<MutationRequestUploadArgs, UploadStash, object, object, ImageItem>): ImageItem {
  failOn(ctx.error)
  return ctx.result
}
