import type { ImageListener, ImagePage, ImageSource, VersionedImage } from '../../client/image-source.ts'

/** A question for `imageChanges` that is yet to be answered. */
export interface Asked {
  since: string
  nextToken: string | null
  answer(page: ImagePage<VersionedImage>): void
  refuse(error: Error): void
}

/** A source that does what a test says, when it says so. */
export interface ScriptedSource extends ImageSource<VersionedImage> {
  /** What was subscribed, in order; `isOver` once it was ended by whoever subscribed. */
  subscriptions: (ImageListener<VersionedImage> & { isOver: boolean })[]
  /** Every question, in order. */
  asked: Asked[]
}

export function scriptedSource(): ScriptedSource {
  const subscriptions: ScriptedSource['subscriptions'] = []
  const asked: Asked[] = []
  return {
    subscriptions,
    asked,
    subscribe(listener) {
      const subscription = { ...listener, isOver: false }
      subscriptions.push(subscription)
      return () => {
        subscription.isOver = true
      }
    },
    changes: (since, nextToken) =>
      new Promise((answer, refuse) => asked.push({ since, nextToken, answer, refuse })),
  }
}
