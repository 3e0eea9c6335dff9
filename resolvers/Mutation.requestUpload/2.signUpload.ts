import type { Context, LambdaRequest } from '@aws-appsync/utils'
import type { MutationRequestUploadArgs } from '../../generated/graphql.ts'
import { failOn } from '../lib/data-source-error.ts'
import type { SignUploadRequest, SignUploadResponse } from '../lib/sign-upload.ts'
import type { UploadStash } from './stash.ts'

/**
 * Mutation.requestUpload, step 2: AppSync function on the `sign-upload` Lambda function.
 * request:  Invoke with what the signature is to hold the upload to; the function also sees to it that somebody looks
 *           whether the upload came
 * response: stashes the presigned request and the media key
 */
export function request(ctx: Context<MutationRequestUploadArgs, UploadStash>): LambdaRequest {
  const { id, owner, asked } = ctx.stash
  const payload: SignUploadRequest = {
    id,
    owner,
    contentType: asked.contentType,
    byteSize: asked.byteSize,
    sha256: asked.sha256,
  }
  return { operation: 'Invoke', payload }
}

export function response(ctx: Context<MutationRequestUploadArgs, UploadStash, object, object, SignUploadResponse>) {
  failOn(ctx.error)
  const { mediaKey, url, method, headers, expiresAt } = ctx.result
  ctx.stash.mediaKey = mediaKey
  ctx.stash.upload = { url, method, headers, expiresAt }
  return {}
}
