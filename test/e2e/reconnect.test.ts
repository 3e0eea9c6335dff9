import { Hub } from 'aws-amplify/utils'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { fixture } from '../fixtures/index.ts'
import { givenAmplify, givenCloud, put, uploadInput } from './given-cloud.ts'

let given: Awaited<ReturnType<typeof givenCloud>>
beforeAll(async () => {
  given = await givenCloud()
})
afterAll(() => given?.stop())

/** Every socket that Amplify opens, in order. */
const sockets: WebSocket[] = []
class ObservedWebSocket extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args)
    sockets.push(this)
  }
}

/** Resolves when AppSync acknowledges a subscription. */
function acknowledged(): Promise<void> {
  return new Promise((resolve) => {
    const stop = Hub.listen('api', ({ payload }) => {
      if (payload.event !== 'Subscription ack') return
      stop()
      resolve()
    })
  })
}

it('a subscriber whose connection breaks is connected again by Amplify, and hears of what comes next', async () => {
  const darkroom = await givenAmplify(given.cloud)
  Object.assign(globalThis, { WebSocket: ObservedWebSocket })
  const events = await darkroom.onImageProcessed({})
  const again = acknowledged()
  sockets[0]!.terminate()
  await again
  expect(sockets).toHaveLength(2)

  const picture = await fixture('icon')
  const { image, upload } = await darkroom.requestUpload(uploadInput(picture))
  expect((await put(upload, picture.bytes)).status).toBe(200)
  expect(await events.next()).toMatchObject({ id: image.id, status: 'READY' })
  events.stop()
}, 40_000)
