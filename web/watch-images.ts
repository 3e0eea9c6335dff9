import { generateClient, type GraphQLSubscription } from 'aws-amplify/api'
import { Hub } from 'aws-amplify/utils'
import { OnImageProcessedDocument } from '../generated/client.ts'
import type { ImagePartsFragment, OnImageProcessedSubscription } from '../generated/client.ts'

/** The signed-in user's images that end from now on. */
export interface Watching {
  /** Resolves with the image when it has ended; rejects when the subscription is cut off. */
  end(id: string): Promise<ImagePartsFragment>
  stop(): void
}

/** What Amplify tells the whole page when AppSync has taken a subscription on. */
const SUBSCRIPTION_STANDS = 'Subscription ack'

/** Subscribes with Amplify. Resolves once the subscription stands: what is uploaded from then on is heard of. */
export async function watchImages(): Promise<Watching> {
  const ended = new EventTarget()
  const images = new Map<string, ImagePartsFragment>()
  const query = OnImageProcessedDocument.toString()
  const events = generateClient().graphql<GraphQLSubscription<OnImageProcessedSubscription>>({ query })

  let stop = () => {}
  const cutOff = new Promise<never>((_, reject) => {
    const subscription = events.subscribe({
      next({ data: { onImageProcessed: image } }) {
        if (!image) return
        images.set(image.id, image)
        ended.dispatchEvent(new Event(image.id))
      },
      error: reject,
    })
    stop = () => subscription.unsubscribe()
  })
  let stopListening = () => {}
  const stands = new Promise<void>((resolve) => {
    stopListening = Hub.listen('api', ({ payload }) => {
      if (payload.event === SUBSCRIPTION_STANDS) resolve()
    })
  })
  await Promise.race([stands, cutOff]).finally(stopListening)

  const end = (id: string) =>
    new Promise<ImagePartsFragment>((resolve) => {
      const tell = () => images.has(id) && resolve(images.get(id)!)
      ended.addEventListener(id, tell, { once: true })
      tell()
    })
  return { end: (id) => Promise.race([end(id), cutOff]), stop }
}
