import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { connectAcknowledged, headerOf } from './given/realtime.ts'
import { givenPerson } from './given/target.ts'
import { imageOf, put, requestUpload, uploadInput } from './given/uploads.ts'
import { watchImages, type Watch } from './given/watch-images.ts'
import type { Person } from './target/people.ts'

let owner: Person
let stranger: Person
let picture: Fixture
/** Everything that each of them hears from now on. */
let owners: Watch
let strangers: Watch
beforeAll(async () => {
  picture = await fixture('onePixel')
  ;[owner, stranger] = await Promise.all([givenPerson('hears'), givenPerson('overhears')])
  ;[owners, strangers] = await Promise.all([watchImages(owner), watchImages(stranger)])
})
afterAll(() => [owners, strangers].forEach((watch) => watch?.close()))

/** Uploads, and waits until the uploader heard of it. */
async function upload(person: Person, watch: Watch, file = picture) {
  const ticket = await requestUpload(person, uploadInput(file))
  expect((await put(ticket.upload, file.bytes)).status).toBe(200)
  return watch.ended(ticket.image.id)
}

describe(`onImageProcessed: ${EXCEPTIONS.startAcknowledged.held}`, () => {
  it('fires when an image is READY, with the whole image as it is stored', async () => {
    const event = await upload(owner, owners)
    expect(event).toMatchObject({ owner: owner.sub, status: 'READY' })
    expect(await imageOf(owner, event.id)).toEqual(event)
  })

  it('fires when an image is REJECTED, with what is wrong with it', async () => {
    const event = await upload(owner, owners, await fixture('textAsJpeg'))
    expect(event).toMatchObject({ status: 'REJECTED', failure: { code: 'UNSUPPORTED_FORMAT', retryable: false } })
  })

  it("tells of the caller's own images, once each, in terminal states alone, and of nobody else's", async () => {
    const before = await upload(owner, owners)
    const theirs = await upload(stranger, strangers)
    const after = await upload(owner, owners)
    const heard = await owners.heard()
    const ids = heard.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([before.id, after.id]))
    expect(ids).not.toContain(theirs.id)
    expect(ids).toHaveLength(new Set(ids).size)
    expect(new Set(heard.map((image) => image.owner))).toEqual(new Set([owner.sub]))
    expect(heard.filter(({ status }) => ['PENDING', 'PROCESSING'].includes(status))).toEqual([])
    expect((await strangers.heard()).map(({ id }) => id)).toEqual([theirs.id])
  })

  it('tells of one image when asked for one', async () => {
    const { image, upload: presigned } = await requestUpload(owner, uploadInput(picture))
    const one = await watchImages(owner, { id: image.id })
    await upload(owner, owners)
    await put(presigned, picture.bytes)
    await one.ended(image.id)
    expect((await one.heard()).map(({ id }) => id)).toEqual([image.id])
    one.close()
  })

  it("tells nothing of another's image, though it is asked for by its id", async () => {
    const { image, upload: presigned } = await requestUpload(owner, uploadInput(picture))
    const spy = await watchImages(stranger, { id: image.id })
    await put(presigned, picture.bytes)
    await owners.ended(image.id)
    expect(await spy.heard()).toEqual([])
    spy.close()
  })

  it('tells nothing after complete', async () => {
    const connection = await connectAcknowledged(headerOf(owner))
    const query = 'subscription { onImageProcessed { id } }'
    connection.start('gone', query, {}, headerOf(owner))
    expect((await connection.next()).type).toBe('start_ack')
    connection.send({ type: 'stop', id: 'gone' })
    expect((await connection.next()).type).toBe('complete')
    await upload(owner, owners)
    // Messages of one connection keep their order: an event would stand before the answer to this.
    connection.start('next', query, {}, headerOf(owner))
    expect(await connection.next()).toMatchObject({ type: 'start_ack', id: 'next' })
    connection.close()
  })

  it('fills in the selected fields', async () => {
    const connection = await connectAcknowledged(headerOf(owner))
    connection.start('few', 'subscription { onImageProcessed { id status } }', {}, headerOf(owner))
    expect((await connection.next()).type).toBe('start_ack')
    const event = await upload(owner, owners)
    expect(await connection.next()).toMatchObject({
      type: 'data', id: 'few', payload: { data: { onImageProcessed: { id: event.id, status: 'READY' } } },
    })
    connection.close()
  })
})
