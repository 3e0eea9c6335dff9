import { runtime, type Context } from '@aws-appsync/utils'
import type { ImageItem } from '../image.ts'
import { checkWritten, imageUpdate, type ImageChanges } from '../write-image.ts'
import { foundImages, type DeletionStash } from './targets.ts'

type Step = Context<object, DeletionStash>

/**
 * From here on nobody is shown the images. What they are found by goes with what is removed later: a list that is led
 * to a deleted image leaves it out.
 * request:  UpdateItem of one image, 1 WCU per KB and as much an index, or TransactWriteItems of several, at twice the
 *           WCU: on condition that none changed meanwhile
 * response: stashes the images as they are now
 */
export function request(ctx: Step) {
  const shown = foundImages(ctx.stash.targets).filter(({ status }) => status !== 'DELETED')
  if (shown.length === 0) runtime.earlyReturn({})
  const updates = shown.map((item) => {
    const { update, after } = imageUpdate(ctx.env.TABLE_NAME!, item, hidden(item))
    ctx.stash.targets.filter(({ id }) => id === item.id).forEach((target) => {
      target.item = after
    })
    return update
  })
  if (updates.length > 1) return { operation: 'TransactWriteItems', transactItems: updates }
  const { operation, key, update, condition } = updates[0]!
  return { operation, key, update, condition }
}

export function response(ctx: Step) {
  checkWritten(ctx.error)
  return {}
}

function hidden({ status }: ImageItem): ImageChanges {
  return {
    attributes: { status: 'DELETED', visibility: 'PRIVATE', keepsFacets: status === 'READY' },
    removed: ['facetKey', 'publicKey'],
  }
}
