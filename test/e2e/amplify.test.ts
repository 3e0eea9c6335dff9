import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { givenAmplify, givenCloud, put, uploadInput, type Events } from './given-cloud.ts'

let given: Awaited<ReturnType<typeof givenCloud>>
let darkroom: Awaited<ReturnType<typeof givenAmplify>>
let events: Events

beforeAll(async () => {
  given = await givenCloud()
  darkroom = await givenAmplify(given.cloud)
  events = await darkroom.onImageProcessed({})
})
afterAll(async () => {
  events?.stop()
  await given?.stop()
})

async function upload(picture: Fixture) {
  const { image, upload } = await darkroom.requestUpload(uploadInput(picture))
  expect(image).toMatchObject({ status: 'PENDING', version: 1, variants: [], labelsStatus: 'PENDING' })
  expect((await put(upload, picture.bytes)).status).toBe(200)
  const event = await events.next()
  expect(event.id).toBe(image.id)
  return event
}

/** The landscape, large enough for all four variants, as each kind of file that browsers know. */
async function photo(format: 'jpeg' | 'png' | 'webp' | 'gif'): Promise<Fixture> {
  const { bytes } = await fixture('photo')
  return { bytes: await sharp(bytes).toFormat(format, { effort: 1 }).toBuffer(), contentType: `image/${format}` }
}

describe('a photo goes in, it is developed, and the unmodified Amplify client hears of it', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s ends READY with four variants', async (format) => {
    const picture = await photo(format)
    const image = await upload(picture)
    expect(image).toMatchObject({ status: 'READY', labelsStatus: 'READY', failure: null, version: 3 })
    expect(image.variants.map(({ width }) => width)).toEqual([1_920, 1_080, 480, 160])
    for (const { url, width, height, byteSize } of image.variants) {
      const response = await fetch(url)
      expect(response.headers.get('content-type')).toBe('image/webp')
      expect(response.headers.get('cache-control')).toContain('immutable')
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes.byteLength).toBe(byteSize)
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width, height })
    }
    expect(Buffer.from(image.thumbhash!, 'base64').byteLength).toBeLessThanOrEqual(25)
    expect(image.dominantColor).toMatch(/^#[0-9a-f]{6}$/)
    expect(image.labels.length).toBeGreaterThan(0)
    expect(image.sha256).toBe(createHash('sha256').update(picture.bytes).digest('hex'))
    expect(await darkroom.image(image.id)).toEqual(image)
  })

  it('lists what is READY, newest first, page by page', async () => {
    const all = await darkroom.images({})
    expect(all.items.length).toBeGreaterThanOrEqual(4)
    const ids = all.items.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    const first = await darkroom.images({ limit: 3 })
    const second = await darkroom.images({ limit: 3, nextToken: first.nextToken })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.slice(0, 6))
  })

  it('rejects a file that is no picture, and says so', async () => {
    const image = await upload(await fixture('textAsJpeg'))
    expect(image).toMatchObject({ status: 'REJECTED', failure: { code: 'UNSUPPORTED_FORMAT', retryable: false } })
    expect((await darkroom.images({ status: 'REJECTED' })).items.map(({ id }) => id)).toContain(image.id)
  })

  it('tells a subscriber of one image of no other', async () => {
    const picture = await fixture('onePixel')
    const ticket = await darkroom.requestUpload(uploadInput(picture))
    const mine = await darkroom.onImageProcessed({ id: ticket.image.id })
    await upload(picture)
    await put(ticket.upload, picture.bytes)
    expect(await mine.next()).toMatchObject({ id: ticket.image.id, status: 'READY' })
    expect(mine.waiting()).toBe(0)
    mine.stop()
    await events.next()
  })
})
