import { util, type Identity } from '@aws-appsync/utils'
import { isOwner } from './identity.ts'
import type { ImageItem } from './image.ts'
import { isImageId } from './keys.ts'
import { refuse, type Refusal } from './refusal.ts'
import { shown } from './shown.ts'

/** Ends the resolver with `ImageNotFound` for an id that can't be an image's: it need not be looked up. */
export function checkMayBeMine(id: string): void {
  if (!isImageId(id)) notFound(id)
}

/** The caller's own image. Ends the resolver with `ImageNotFound` alike for none, a deleted one and another's. */
export function myImage(item: ImageItem | null, id: string, identity: Identity): ImageItem {
  if (!item || !isOwner(identity, item.owner) || item.status === 'DELETED') notFound(id)
  return item!
}

export function imageNotFound(id: string): Refusal {
  return refuse('ImageNotFound', `You have no image ${shown(id)}.`)
}

function notFound(id: string): void {
  const fault = imageNotFound(id)
  util.error(fault.message, fault.type)
}
