import { util, type Context } from '@aws-appsync/utils'
import type { MutationReprocessImageArgs } from '../../generated/graphql.ts'
import { checkSent, sendMessages, type HttpResult } from '../lib/send-message.ts'
import type { ReprocessStash } from './stash.ts'

type Step = Context<MutationReprocessImageArgs, ReprocessStash, object, object, HttpResult>

/**
 * Mutation.reprocessImage, step 2: AppSync function on SQS.
 * request:  SendMessageBatch of one message to the queue of arrivals, in the form that S3 tells of an upload, with the
 *           media key that the image is to have and the one that it has as message attributes
 * response: ends the resolver when SQS did not take it
 */
export function request(ctx: Step) {
  const { id, owner, mediaKey, byteSize } = ctx.stash.image
  const object = { key: `originals/${owner}/${id}`, size: byteSize }
  const s3 = { bucket: { name: ctx.env.ORIGINALS_BUCKET }, object }
  return sendMessages(ctx.env.ARRIVALS_QUEUE_URL!, [{
    body: JSON.stringify({ Records: [{ eventName: 'ObjectCreated:Reprocess', s3 }] }),
    delaySeconds: 0,
    // A UUID: 122 random bits.
    attributes: { mediaKey: util.autoId(), replacesMediaKey: mediaKey },
  }])
}

export function response(ctx: Step) {
  checkSent(ctx.error, ctx.result)
  return {}
}
