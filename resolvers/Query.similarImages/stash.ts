/** What the steps of this pipeline hand on to each other. */
export interface SimilarImagesStash {
  limit: number
  maxDistance: number
  /** The perceptual hash to compare with. */
  hash: string
  /** Distances of the images found so far, by id. */
  distances: Record<string, number>
  /** Whether a band held more candidates than were compared. */
  isCut: boolean
}
