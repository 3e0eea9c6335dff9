import { runtime, type Context } from '@aws-appsync/utils'
import { isUnfinished, type ImageItem } from '../image.ts'
import type { RemovalMessage } from '../removal-message.ts'
import { checkSent, sendMessages, type HttpResult } from '../send-message.ts'
import { foundImages, type DeletionStash } from './targets.ts'

/**
 * Until an image that is not hidden will not be any more by the same request, in seconds: AppSync ends a request after
 * 30, and clocks differ. Source: AppSync endpoints and quotas, "Request execution time".
 */
const HIDDEN_WITHIN_SECONDS = 40

/**
 * Until nothing can be uploaded or stored any more for an image that was not finished, in seconds: the presigned URL is
 * good for 600, and SQS delays no longer.
 */
const FINISHED_WITHIN_SECONDS = 900

type Step = Context<object, DeletionStash, object, object, HttpResult>

/**
 * Before the images are hidden, so that whatever breaks after, somebody looks what is to be removed; images that are
 * not hidden then stay as they are.
 * request:  SendMessageBatch of one or two messages to the queue of removals
 * response: ends the resolver when SQS did not take them
 */
export function request(ctx: Step) {
  const images = foundImages(ctx.stash.targets)
  if (images.length === 0) runtime.earlyReturn({})
  const finished = images.filter((item) => !isUnfinished(item))
  const unfinished = images.filter((item) => isUnfinished(item))
  return sendMessages(ctx.env.REMOVALS_QUEUE_URL!, [
    ...(finished.length > 0 ? [{ body: removalOf(finished), delaySeconds: HIDDEN_WITHIN_SECONDS }] : []),
    ...(unfinished.length > 0 ? [{ body: removalOf(unfinished), delaySeconds: FINISHED_WITHIN_SECONDS }] : []),
  ])
}

export function response(ctx: Step) {
  checkSent(ctx.error, ctx.result)
  return {}
}

function removalOf(images: ImageItem[]): string {
  const message: RemovalMessage = {
    kind: 'deleted',
    images: images.map(({ id, owner, mediaKey, variants }) => ({
      id, owner, mediaKey, wasShown: (variants ?? []).length > 0,
    })),
  }
  return JSON.stringify(message)
}
