/** What has to be selected of an image for it to be followed. */
export interface VersionedImage {
  id: string
  version: number
  /** ISO 8601. */
  updatedAt: string
}

/** The caller's own images at the API, by whichever client: `amplifyImageSource` for Amplify. */
export interface ImageSource<I extends VersionedImage> {
  /**
   * Subscribes to `onImageProcessed` and `onImageChanged`.
   * @returns what ends both; the listener hears of nothing any more
   */
  subscribe(listener: ImageListener<I>): () => void
  /**
   * One page of `imageChanges`.
   * @param nextToken of the page before; null for the first page
   */
  changes(since: string, nextToken: string | null): Promise<ImagePage<I>>
}

/** Oldest change first. */
export interface ImagePage<I> {
  items: I[]
  nextToken?: string | null
}

/** What a source tells of its subscriptions. */
export interface ImageListener<I> {
  /**
   * Both subscriptions were acknowledged: events come from now on. Called once more when one of them was interrupted
   * and stands again by itself: events of the meantime are lost.
   */
  stands(): void
  /** An event; null for one that came without a readable image. */
  image(image: I | null): void
  /** A subscription ended, and does not stand again by itself. */
  failed(error: unknown): void
}
