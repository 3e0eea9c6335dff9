import type { Context } from '@aws-appsync/utils'
import { get } from '@aws-appsync/utils/dynamodb'
import { failOn } from './data-source-error.ts'
import type { ImageItem } from './image.ts'
import { imageKey } from './keys.ts'

type Result = Context<object, object, object, object, ImageItem | null>

/** GetItem of the image as it stands this moment: consistent, 1 RCU per 4 KB. */
export function getStoredImage(id: string) {
  return get({ key: imageKey(id), consistentRead: true })
}

/** The image, for the step that follows in `ctx.prev.result`; null when there is none. */
export function storedImage(ctx: Result): ImageItem | null {
  failOn(ctx.error)
  return ctx.result ?? null
}
