import { runtime, type Context, type LambdaRequest } from '@aws-appsync/utils'
import { failOn } from '../data-source-error.ts'
import type { SignUploadsRequest, SignUploadsResponse } from '../sign-upload.ts'
import { wanted, type UploadsStash } from './uploads.ts'

type Step = Context<object, UploadsStash, object, object, SignUploadsResponse>

/**
 * request:  Invoke `sign-upload` with what the signatures are to hold the uploads to; the function also sees to it that
 *           somebody looks whether they came. Nothing when there is nothing to upload.
 * response: stashes the presigned requests and the media keys
 */
export function request(ctx: Step): LambdaRequest {
  const { owner } = ctx.stash
  const uploads = wanted(ctx.stash.uploads)
  if (uploads.length === 0) runtime.earlyReturn({})
  const payload: SignUploadsRequest = {
    uploads: uploads.map(({ id, asked: { contentType, byteSize, sha256 } }) =>
      ({ id, owner, contentType, byteSize, sha256 })),
  }
  return { operation: 'Invoke', payload }
}

export function response(ctx: Step) {
  failOn(ctx.error)
  const signed = ctx.result.uploads
  wanted(ctx.stash.uploads).forEach((upload, index) => {
    const { mediaKey, url, method, headers, expiresAt } = signed[index]!
    upload.mediaKey = mediaKey
    upload.upload = { url, method, headers, expiresAt }
  })
  return {}
}
