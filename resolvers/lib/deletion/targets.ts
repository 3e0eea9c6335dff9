import type { ImageItem } from '../image.ts'
import type { Refusal } from '../refusal.ts'

/** One image that is to be deleted, on its way through a pipeline. */
export interface Target {
  id: string
  /** What is wrong with it; then nothing else happens to it. */
  fault: Refusal | null
  /** The image: as it was found, and once it is hidden, as it is then. */
  item?: ImageItem
}

/** What the steps of `deleteImage` and `deleteImages` hand on to each other. */
export interface DeletionStash {
  targets: Target[]
}

/** The images that are the caller's, each once; those that were deleted before are among them. */
export function foundImages(targets: Target[]): ImageItem[] {
  const images: ImageItem[] = []
  targets.forEach(({ item, fault }) => {
    if (item && fault === null && !images.some(({ id }) => id === item.id)) images.push(item)
  })
  return images
}
