import { runtime, type Context } from '@aws-appsync/utils'
import { logUnpublished, publishChanges } from '../publish-change.ts'
import type { HttpResult } from '../send-message.ts'
import { foundImages, type DeletionStash } from './targets.ts'

type Step = Context<object, DeletionStash, object, object, HttpResult>

/** request: `publishImageChange` of every deleted image, as one GraphQL request to this API. */
export function request(ctx: Step) {
  const ids = foundImages(ctx.stash.targets).map(({ id }) => id)
  if (ids.length === 0) runtime.earlyReturn({})
  return publishChanges(ids)
}

export function response(ctx: Step) {
  logUnpublished(ctx.error, ctx.result)
  return {}
}
