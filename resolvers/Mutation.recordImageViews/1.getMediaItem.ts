import type { Context } from '@aws-appsync/utils'
import { get } from '@aws-appsync/utils/dynamodb'
import type { MutationRecordImageViewsArgs } from '../../generated/graphql.ts'
import { failOn } from '../lib/data-source-error.ts'
import { mediaItemKey } from '../lib/keys.ts'
import type { MediaItem } from './media-item.ts'

type Step = Context<MutationRecordImageViewsArgs, object, object, object, MediaItem | null>

/**
 * Mutation.recordImageViews, step 1: AppSync function on the images table.
 * request:  GetItem of the media key's item, consistent, 1 RCU
 * response: the item; null when no image has the media key
 */
export function request(ctx: Step) {
  return get({ key: mediaItemKey(ctx.args.input.mediaKey), consistentRead: true })
}

export function response(ctx: Step): MediaItem | null {
  failOn(ctx.error)
  return ctx.result ?? null
}
