import type { Image } from '../../generated/graphql.ts'
import type { RemovalMessage, RemovedImage } from '../../resolvers/lib/removal-message.ts'
import type { Clock } from './clock.ts'
import type { EdgeCaches } from './edge-caches.ts'
import type { Log } from './log.ts'
import type { Renditions } from './media-objects.ts'
import type { OriginalVersions } from './original-versions.ts'
import type { Removals } from './removals.ts'
import { Steps, type StepTimes } from './steps.ts'

export interface RemoveServices {
  removals: Removals
  originals: OriginalVersions
  renditions: Renditions
  edgeCaches: EdgeCaches
  clock: Pick<Clock, 'now'>
  log: Log
}

/**
 * The way from a message to nothing left. Each step may be repeated, and all are, whichever of them broke off: who
 * looks finds the same images gone each time. The edge caches come after the objects, or they would fetch them once
 * more; the tombstone comes last, and says that all else is done.
 */
export const REMOVAL_STEPS = Steps.from<{ message: RemovalMessage }, RemoveServices>()
  .step('tell what is gone', async ({ message: { kind, images } }, { removals }) => {
    const gone: RemovedImage[] = []
    await each(images, async (image) => {
      if (isGone(kind, image, await removals.tell(image))) gone.push(image)
    })
    return { gone, deleted: kind === 'deleted' ? gone : [] }
  })
  .step('remove the originals', async ({ deleted }, { originals }) => each(deleted, (image) => originals.remove(image)))
  .step('remove the renditions', async ({ gone }, { renditions }) =>
    each(gone, ({ mediaKey }) => renditions.remove(mediaKey)))
  .step('clear the edge caches', async ({ gone }, { edgeCaches }) => {
    await edgeCaches.forget(gone.filter(({ wasShown }) => wasShown).map(({ mediaKey }) => mediaKey))
    return {}
  })
  .step('record the removal', async ({ deleted }, { removals }) => each(deleted, (image) => removals.record(image)))

/**
 * Removes what is left of images that were deleted, or the renditions that others have taken the place of. An image
 * that was not hidden, or still has its renditions, keeps all of it: what was to make them useless never came about.
 * May be called again for the same message, also at the same time.
 * @throws whatever S3, CloudFront or the API say: then the message is to come again
 */
export async function removeImages(message: RemovalMessage, services: RemoveServices): Promise<void> {
  const { clock, log } = services
  const times: StepTimes = {}
  const { gone } = await REMOVAL_STEPS.run({ message }, services, clock.now, times)
  const { kind, images } = message
  log.info('images removed', { kind, imageIds: gone.map(({ id }) => id), kept: images.length - gone.length, times })
}

function isGone(kind: RemovalMessage['kind'], { mediaKey }: RemovedImage, image: Image | undefined): boolean {
  if (!image) return false
  return image.status === 'DELETED' || (kind === 'replaced' && image.mediaKey !== mediaKey)
}

/**
 * Does the work for one after the other: many at once would be in each other's way at the owner's label counts.
 * @throws AggregateError once all were tried, when it failed for some
 */
async function each(images: RemovedImage[], work: (image: RemovedImage) => Promise<unknown>): Promise<object> {
  const errors: unknown[] = []
  for (const image of images) await work(image).catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of ${images.length} images failed`)
  return {}
}
