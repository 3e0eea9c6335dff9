import { util, type Context } from '@aws-appsync/utils'
import { failOn } from './data-source-error.ts'
import type { ImageItem } from './image.ts'
import { imageKey } from './keys.ts'

/** What a BatchGetItem of the table answers: items in the order of the keys, null for those that are not there. */
export interface BatchResult<Item> {
  data: Record<string, (Item | null)[]>
  unprocessedKeys?: Record<string, unknown[]>
}

/** BatchGetItem of images, at most 100; 0.5 RCU per image and 4 KB, 1 when consistent. */
export function getImages(ctx: Context, ids: string[], consistentRead: boolean) {
  return batchGet(ctx, ids.map((id) => imageKey(id)), consistentRead)
}

/** BatchGetItem of any keys of the table, at most 100. */
export function batchGet(ctx: Context, keys: Record<string, unknown>[], consistentRead: boolean) {
  const typed = keys.map((key) => util.dynamodb.toMapValues(key))
  return { operation: 'BatchGetItem', tables: { [ctx.env.TABLE_NAME!]: { keys: typed, consistentRead } } }
}

/** The images that are READY, in the order of the keys: an index may lead to one that was deleted meanwhile. */
export function readyImages(ctx: Context<object, object, object, object, BatchResult<ImageItem>>): ImageItem[] {
  return batchItems(ctx).filter((item) => !!item && item.status === 'READY') as ImageItem[]
}

/** The items in the order of the keys. Ends the resolver when DynamoDB left some of them unread. */
export function batchItems<Item = ImageItem>(
  ctx: Context<object, object, object, object, BatchResult<Item>>,
): (Item | null)[] {
  failOn(ctx.error)
  const table = ctx.env.TABLE_NAME!
  const { data, unprocessedKeys } = ctx.result
  const unread = unprocessedKeys ? unprocessedKeys[table] ?? [] : []
  if (unread.length > 0) failOn({ type: 'DynamoDB:UnprocessedKeys', message: `${unread.length} keys were not read` })
  return data[table]!
}
