import { amplifyImageSource } from '../client/amplify-image-source.ts'
import { syncImages } from '../client/image-sync.ts'
import { isUnfinished } from '../client/is-unfinished.ts'
import { sinceJustNow } from '../client/since-just-now.ts'
import type { ImagePartsFragment } from '../generated/client.ts'

/** The signed-in user's images that end from now on. */
export interface Watching {
  /** Resolves with the image when it has ended. Interruptions delay it, and lose nothing. */
  end(id: string): Promise<ImagePartsFragment>
  stop(): void
}

/** Resolves once the subscriptions stand; rejects when that is refused, e.g. as nobody is signed in. */
export async function watchImages(): Promise<Watching> {
  const ended = new EventTarget()
  const images = new Map<string, ImagePartsFragment>()
  let refuse: (error: unknown) => void = () => {}
  const refused = new Promise<never>((_, reject) => {
    refuse = reject
  })
  const sync = syncImages(amplifyImageSource(), {
    from: sinceJustNow(),
    onChange(image) {
      if (isUnfinished(image)) return
      images.set(image.id, image)
      ended.dispatchEvent(new Event(image.id))
    },
    onError: refuse,
  })
  try {
    await Promise.race([sync.catchUp(), refused])
  } catch (error) {
    sync.stop()
    throw error
  }
  const end = (id: string) =>
    new Promise<ImagePartsFragment>((resolve) => {
      const tell = () => images.has(id) && resolve(images.get(id)!)
      ended.addEventListener(id, tell, { once: true })
      tell()
    })
  return { end, stop: sync.stop }
}
