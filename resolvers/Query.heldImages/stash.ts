/** What the steps of this pipeline hand on to each other. */
export interface HeldImagesStash {
  limit: number
  nextToken?: string | null
}
