import { util, type Context } from '@aws-appsync/utils'
import type { MutationRequestUploadArgs, UploadTicket } from '../../generated/graphql.ts'
import { callerSub } from '../lib/identity.ts'
import { toImage, type ImageItem } from '../lib/image.ts'
import { checkUploadRequest } from '../lib/upload-request.ts'
import type { UploadStash } from './stash.ts'

/**
 * Mutation.requestUpload: pipeline. Sound input -> 1. count what is PENDING -> 2. sign the upload ->
 * 3. put the PENDING image -> ticket.
 * The image is stored last, and the ticket handed out only then: no upload without an image.
 */
export function request(ctx: Context<MutationRequestUploadArgs, UploadStash>) {
  ctx.stash.asked = checkUploadRequest(ctx.args.input)
  ctx.stash.id = util.autoUlid()
  ctx.stash.owner = callerSub(ctx.identity)
  return {}
}

export function response(
  ctx: Context<MutationRequestUploadArgs, UploadStash, { result: ImageItem }>,
): UploadTicket {
  return { image: toImage(ctx.prev.result, ctx.env.MEDIA_BASE_URL!), upload: ctx.stash.upload! }
}
