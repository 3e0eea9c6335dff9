import {
  OnImageChangedDocument, OnImageProcessedDocument, type ImagePartsFragment,
} from '../../../generated/client.ts'
import type { Person } from '../target/people.ts'
import { connectAcknowledged, headerOf } from './realtime.ts'

/** A subscription that stands, with its events in a queue. */
export interface Watch {
  /** The event of that image, whether it has come yet or not. @throws Error when none comes in time */
  ended(id: string): Promise<ImagePartsFragment>
  /** The first event of which that holds, whether it has come yet or not. @throws Error when none comes in time */
  first(isIt: (image: ImagePartsFragment) => boolean): Promise<ImagePartsFragment>
  /**
   * Every event so far, in order. Starts a subscription that never fires and waits for its `start_ack`: messages of one
   * connection keep their order, so what was sent before has come.
   */
  heard(): Promise<readonly ImagePartsFragment[]>
  close(): void
}

const SUBSCRIPTION_ID = 'watch'
/** No image's id. */
const NOBODY = 'nobody'

const DOCUMENTS = { onImageProcessed: OnImageProcessedDocument, onImageChanged: OnImageChangedDocument }

/**
 * Subscribes over raw frames.
 * @param variables `id`: of this image only
 */
export async function watchImages(
  person: Person,
  variables: { id?: string } = {},
  field: keyof typeof DOCUMENTS = 'onImageProcessed',
): Promise<Watch> {
  const connection = await connectAcknowledged(headerOf(person))
  const come: ImagePartsFragment[] = []
  const acknowledged = new Set<string | undefined>()

  /** Reads one message at a time, however many wait. */
  let reading: Promise<void> | undefined
  const readOne = (): Promise<void> => (reading ??= connection.next().then((message) => {
    const image = message.payload?.data?.[field]
    if (message.type === 'start_ack') acknowledged.add(message.id)
    else if (message.type === 'data' && image) come.push(image as ImagePartsFragment)
    else throw new Error(`expected an event, got ${JSON.stringify(message)}`)
  }).finally(() => {
    reading = undefined
  }))
  const subscribe = async (id: string, of: { id?: string }): Promise<void> => {
    connection.start(id, DOCUMENTS[field], of, headerOf(person))
    while (!acknowledged.has(id)) await readOne()
  }

  const first: Watch['first'] = async (isIt) => {
    for (;;) {
      const image = come.find(isIt)
      if (image) return image
      await readOne()
    }
  }

  await subscribe(SUBSCRIPTION_ID, variables)
  return {
    first,
    ended: (id) => first((image) => image.id === id),
    async heard() {
      await subscribe(`${NOBODY}-${acknowledged.size}`, { id: NOBODY })
      return come
    },
    close: () => connection.close(),
  }
}
