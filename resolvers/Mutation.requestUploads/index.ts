import type { Context } from '@aws-appsync/utils'
import type { MutationRequestUploadsArgs, RequestUploadResult } from '../../generated/graphql.ts'
import { checkBatchSize } from '../lib/batch-size.ts'
import { callerSub } from '../lib/identity.ts'
import { startUpload, ticketOf, type UploadsStash } from '../lib/uploads/uploads.ts'

/** Mutation.requestUploads: pipeline, the steps of `requestUpload` for all of the uploads together. */
export function request(ctx: Context<MutationRequestUploadsArgs, UploadsStash>) {
  const { inputs } = ctx.args
  checkBatchSize('inputs', inputs.length)
  ctx.stash.owner = callerSub(ctx.identity)
  ctx.stash.uploads = inputs.map((input) => startUpload(input))
  return {}
}

/** One result an input, in their order. */
export function response(ctx: Context<MutationRequestUploadsArgs, UploadsStash>): RequestUploadResult[] {
  const mediaBaseUrl = ctx.env.MEDIA_BASE_URL!
  return ctx.stash.uploads.map((upload) =>
    (upload.fault ? { ticket: null, error: upload.fault } : { ticket: ticketOf(upload, mediaBaseUrl), error: null }))
}
