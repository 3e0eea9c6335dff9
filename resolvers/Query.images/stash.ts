import type { ImageList } from './listed-by.ts'

/** What the steps of this pipeline hand on to each other. */
export interface ImagesStash {
  limit: number
  list: ImageList
  nextToken?: string | null
}
