import { OnImageProcessedDocument, type ImagePartsFragment } from '../../../generated/client.ts'
import type { Person } from '../target/people.ts'
import { connectAcknowledged, headerOf } from './realtime.ts'

/** A subscription that stands, and everything it heard. */
export interface Watch {
  /** The event of that image, whether it has come yet or not. @throws Error when none comes in time */
  ended(id: string): Promise<ImagePartsFragment>
  /** Every event so far, in order. */
  readonly heard: ImagePartsFragment[]
  close(): void
}

const SUBSCRIPTION_ID = 'watch'

/**
 * Subscribes to `onImageProcessed` over raw frames.
 * @param variables `id`: of this image only
 */
export async function watchImages(person: Person, variables: { id?: string } = {}): Promise<Watch> {
  const connection = await connectAcknowledged(headerOf(person))
  connection.start(SUBSCRIPTION_ID, OnImageProcessedDocument, variables, headerOf(person))
  const acknowledged = await connection.next()
  if (acknowledged.type !== 'start_ack') throw new Error(`expected start_ack, got ${JSON.stringify(acknowledged)}`)

  const heard: ImagePartsFragment[] = []
  /** Reads one message at a time, however many wait. */
  let reading: Promise<void> | undefined
  const readOne = (): Promise<void> => (reading ??= connection.next().then((message) => {
    const image = message.payload?.data?.onImageProcessed
    if (message.type !== 'data' || !image) throw new Error(`expected an event, got ${JSON.stringify(message)}`)
    heard.push(image as ImagePartsFragment)
  }).finally(() => {
    reading = undefined
  }))
  return {
    heard,
    async ended(id) {
      for (;;) {
        const image = heard.find((candidate) => candidate.id === id)
        if (image) return image
        await readOne()
      }
    },
    close: () => connection.close(),
  }
}
