import type { ImageItem } from '../lib/image.ts'

/** What the steps of this pipeline hand on to each other. */
export interface ReprocessStash {
  image: ImageItem
}
