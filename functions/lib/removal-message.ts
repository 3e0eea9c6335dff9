import type { RemovalMessage, RemovedImage } from '../../resolvers/lib/removal-message.ts'

/** How much of a strange body an error quotes, in characters. */
const QUOTED_LENGTH = 80

const KINDS: unknown[] = ['deleted', 'replaced'] satisfies RemovalMessage['kind'][]

/** @throws SyntaxError, TypeError when the body is no removal */
export function readRemoval(body: string): RemovalMessage {
  const message = JSON.parse(body) as Partial<RemovalMessage>
  const { kind, images } = message
  if (KINDS.includes(kind) && Array.isArray(images) && images.every(isImage)) return message as RemovalMessage
  throw new TypeError(`expected a removal with kind and images, got ${body.slice(0, QUOTED_LENGTH)}`)
}

function isImage(image: Partial<RemovedImage> | null): boolean {
  return (
    typeof image?.id === 'string' &&
    typeof image.owner === 'string' &&
    typeof image.mediaKey === 'string' &&
    typeof image.wasShown === 'boolean'
  )
}
