import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  DeleteImageDocument, DeleteImagesDocument, ImageChangesDocument, ImagesDocument, LabelsDocument, ReprocessImageDocument,
  RequestUploadsDocument, SimilarImagesDocument, UpdateImageDocument, type ImagePartsFragment,
} from '../../generated/client.ts'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { givenAmplify, givenCloud, put, uploadInput, type Events } from './given-cloud.ts'

let given: Awaited<ReturnType<typeof givenCloud>>
let darkroom: Awaited<ReturnType<typeof givenAmplify>>
let events: Events
/** The landscape, as often as there are formats; oldest first. */
const landscapes: ImagePartsFragment[] = []

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
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('a %s ends READY with four variants and one for old clients', async (format) => {
    const picture = await photo(format)
    const image = await upload(picture)
    expect(image).toMatchObject({ status: 'READY', labelsStatus: 'READY', failure: null, version: 3 })
    const made = image.variants.map(({ format, width }) => `${format} ${width}`)
    expect(made).toEqual(['webp 1920', 'webp 1080', 'webp 480', 'webp 160', 'jpeg 1080'])
    for (const { url, width, height, format, byteSize } of image.variants) {
      const response = await fetch(url)
      expect(response.headers.get('content-type')).toBe(`image/${format}`)
      expect(response.headers.get('cache-control')).toContain('immutable')
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(bytes.byteLength).toBe(byteSize)
      expect(await sharp(bytes).metadata()).toMatchObject({ format, width, height })
    }
    expect(Buffer.from(image.thumbhash!, 'base64').byteLength).toBeLessThanOrEqual(25)
    expect(image.dominantColor).toMatch(/^#[0-9a-f]{6}$/)
    expect(image.labels.length).toBeGreaterThan(0)
    expect(image.sha256).toBe(createHash('sha256').update(picture.bytes).digest('hex'))
    expect(await darkroom.image(image.id)).toEqual(image)
    landscapes.push(image)
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

describe('living with the pictures', () => {
  const newestFirst = () => landscapes.map(({ id }) => id).reverse()

  it('finds those with a label, in any case of letters, and tells how many there are', async () => {
    const { labels } = await darkroom.run(LabelsDocument, { limit: 100 })
    expect(labels.items).toContainEqual({ name: 'Nature', count: 4 })
    const { images } = await darkroom.run(ImagesDocument, { label: 'nature' })
    expect(images.items.map(({ id }) => id)).toEqual(newestFirst())
  })

  it('finds the same picture in other formats', async () => {
    const [{ id }, ...others] = landscapes as [ImagePartsFragment, ...ImagePartsFragment[]]
    const { similarImages } = await darkroom.run(SimilarImagesDocument, { id })
    expect(similarImages.items.map(({ image }) => image.id).sort()).toEqual(others.map(({ id }) => id).sort())
    for (const { distance } of similarImages.items) expect(distance).toBeLessThanOrEqual(3)
    expect(similarImages.isMore).toBe(false)
  })

  it('asks for several uploads at once: what is there already comes back, and what is wrong stops no other', async () => {
    const [there] = landscapes
    const { requestUploads } = await darkroom.run(RequestUploadsDocument, {
      inputs: [
        { fileName: 'again.jpg', contentType: 'image/jpeg', byteSize: there!.byteSize, sha256: there!.sha256 },
        { fileName: 'drawing.svg', contentType: 'image/svg+xml', byteSize: 9 },
        { fileName: 'new.png', contentType: 'image/png', byteSize: 9 },
      ],
    })
    expect(requestUploads).toMatchObject([
      { ticket: { image: { id: there!.id, status: 'READY' }, upload: null }, error: null },
      { ticket: null, error: { type: 'UnsupportedContentType' } },
      { ticket: { image: { status: 'PENDING' }, upload: { method: 'PUT' } }, error: null },
    ])
  })

  it('changes an image that is as it was seen, and no other', async () => {
    const { id, version } = landscapes[0]!
    const input = { id, expectedVersion: version, category: 'Travel', tags: ['Alps'], altText: 'Peaks at dawn' }
    const { updateImage } = await darkroom.run(UpdateImageDocument, { input })
    expect(updateImage).toMatchObject({ version: version + 1, tags: ['Alps'], altText: 'Peaks at dawn' })
    await expect(darkroom.run(UpdateImageDocument, { input })).rejects.toMatchObject({
      errors: [{ errorType: 'VersionConflict' }],
    })
    for (const filter of [{ tag: 'alps' }, { category: 'travel' }]) {
      expect((await darkroom.run(ImagesDocument, filter)).images.items).toEqual([updateImage])
    }
  })

  it('develops an image once more, under new URLs', async () => {
    const { id, variants } = landscapes[0]!
    await darkroom.run(ReprocessImageDocument, { id })
    const again = await events.next()
    expect(again).toMatchObject({ id, status: 'READY', tags: ['Alps'] })
    expect(again.variants).toHaveLength(variants.length)
    expect(again.variants[0]!.url).not.toBe(variants[0]!.url)
    expect((await fetch(again.variants[0]!.url)).status).toBe(200)
  })

  it('deletes one, or several, and tells of them among the changes', async () => {
    const [first, second, third, kept] = landscapes.map(({ id }) => id) as [string, string, string, string]
    const { processedAt } = landscapes[3]!
    expect((await darkroom.run(DeleteImageDocument, { id: first })).deleteImage).toMatchObject({ status: 'DELETED' })
    const unknown = '01M7WCCV8XQ5STWR5XRKYP0PDQ'
    const { deleteImages } = await darkroom.run(DeleteImagesDocument, { ids: [second, unknown, third] })
    expect(deleteImages).toMatchObject([
      { id: second, image: { status: 'DELETED' }, error: null },
      { id: unknown, image: null, error: { type: 'ImageNotFound' } },
      { id: third, image: { status: 'DELETED' }, error: null },
    ])
    expect(await darkroom.image(first)).toBeNull()
    expect((await darkroom.run(ImagesDocument, { label: 'Nature' })).images.items.map(({ id }) => id)).toEqual([kept])
    const { imageChanges } = await darkroom.run(ImageChangesDocument, { since: processedAt!, limit: 100 })
    expect(imageChanges.items.slice(-3).map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
      [first, second, third].map((id) => `${id} DELETED`),
    )
  })
})
