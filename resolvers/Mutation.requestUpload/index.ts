import { util, type Context } from '@aws-appsync/utils'
import type { MutationRequestUploadArgs, UploadTicket } from '../../generated/graphql.ts'
import { callerSub } from '../lib/identity.ts'
import { startUpload, ticketOf, type UploadsStash } from '../lib/uploads/uploads.ts'

/**
 * Mutation.requestUpload: pipeline. Sound input -> 1. 2. is the file there already? -> 3. count what is PENDING ->
 * 4. sign the upload -> 5. put the PENDING image -> ticket.
 */
export function request(ctx: Context<MutationRequestUploadArgs, UploadsStash>) {
  const upload = startUpload(ctx.args.input)
  if (upload.fault) util.error(upload.fault.message, upload.fault.type)
  ctx.stash.owner = callerSub(ctx.identity)
  ctx.stash.uploads = [upload]
  return {}
}

export function response(ctx: Context<MutationRequestUploadArgs, UploadsStash>): UploadTicket {
  const upload = ctx.stash.uploads[0]!
  if (upload.fault) util.error(upload.fault.message, upload.fault.type)
  return ticketOf(upload, ctx.env.MEDIA_BASE_URL!)
}
