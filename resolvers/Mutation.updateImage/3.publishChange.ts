import type { Context } from '@aws-appsync/utils'
import type { MutationUpdateImageArgs } from '../../generated/graphql.ts'
import type { ImageItem } from '../lib/image.ts'
import { logUnpublished, publishChanges } from '../lib/publish-change.ts'
import type { HttpResult } from '../lib/send-message.ts'

type Step = Context<MutationUpdateImageArgs, object, { result: ImageItem }, object, HttpResult>

/** Mutation.updateImage, step 3: AppSync function on this API itself; see `publishChanges`. */
export function request(ctx: Step) {
  return publishChanges([ctx.args.input.id])
}

export function response(ctx: Step): ImageItem {
  logUnpublished(ctx.error, ctx.result)
  return ctx.prev.result
}
