/** What the queue of removals holds, for the `remove-image` Lambda function. */
export interface RemovalMessage {
  /** `deleted`: all that is left of deleted images. `replaced`: an image's renditions under an old media key. */
  kind: 'deleted' | 'replaced'
  images: RemovedImage[]
}

export interface RemovedImage {
  id: string
  owner: string
  /** Under which the renditions lie. */
  mediaKey: string
  /** Whether somebody may have been shown them, so that the edge caches may hold copies. */
  wasShown: boolean
}
