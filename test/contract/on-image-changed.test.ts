import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  DeleteImageDocument, DeleteImagesDocument, UpdateImageDocument, type ImagePartsFragment,
} from '../../generated/client.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { as, get } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { develop, requestUpload } from './given/uploads.ts'
import { watchImages, type Watch } from './given/watch-images.ts'
import type { Person } from './target/people.ts'

/** Longest until a deletion is told of: 40 s after it, whoever removes the files tells once more. */
const TOLD_WITHIN_MS = 20_000
const PENDING = { fileName: 'p', contentType: 'image/png', byteSize: 1 }

let owner: Person
/** READY. */
let image: ImagePartsFragment
/** Never uploaded. */
let others: ImagePartsFragment[]
/** Everything that each hears of changes from before the upload on. */
let owners: Watch
let ofOne: Watch
let strangers: Watch
let spies: Watch
beforeAll(async () => {
  const [person, stranger] = await Promise.all([givenPerson('hears-changes'), givenPerson('overhears-changes')])
  owner = person
  others = await Promise.all([1, 2, 3].map(async () => (await requestUpload(owner, PENDING)).image))
  ;[owners, ofOne, strangers, spies] = (await Promise.all([
    watchImages(owner, {}, 'onImageChanged'),
    watchImages(owner, { id: others[0]!.id }, 'onImageChanged'),
    watchImages(stranger, {}, 'onImageChanged'),
    watchImages(stranger, { id: others[0]!.id }, 'onImageChanged'),
  ])) as [Watch, Watch, Watch, Watch]
  // The upload takes its time: by its end the subscriptions have long stood.
  ;[image] = (await develop(owner, [await fixture('onePixel')])) as [ImagePartsFragment]
})
afterAll(() => [owners, ofOne, strangers, spies].forEach((watch) => watch?.close()))

const update = async (input: object) =>
  (await get<{ updateImage: ImagePartsFragment }>(as(owner), UpdateImageDocument, { input })).updateImage
/** The event of an image in that version, or a later one. */
const heard = ({ id, version }: Pick<ImagePartsFragment, 'id' | 'version'>) =>
  owners.first((event) => event.id === id && event.version >= version)

describe(`onImageChanged: ${EXCEPTIONS.startAcknowledged.held}`, () => {
  it('fires when an image is updated, with the whole image as it is stored', async () => {
    const titled = await update({ id: image.id, title: 'Heard', tags: ['by', 'all'] })
    expect(await heard(titled)).toEqual(titled)
  })

  it('holds the whole image, however little the mutation asked for', async () => {
    const query = `mutation ($id: ID!) { updateImage(input: { id: $id, altText: "Heard" }) { id version } }`
    const { updateImage } = await get<{ updateImage: ImagePartsFragment }>(as(owner), query, { id: image.id })
    const whole = { owner: owner.sub, altText: 'Heard', title: 'Heard', status: 'READY' }
    expect(await heard(updateImage)).toMatchObject(whole)
  })

  it('fires when an image is deleted, of deleteImage', async () => {
    const { deleteImage } = await get<{ deleteImage: ImagePartsFragment }>(
      as(owner), DeleteImageDocument, { id: image.id })
    expect(await heard(deleteImage)).toMatchObject({ id: image.id, status: 'DELETED', variants: [] })
  }, TOLD_WITHIN_MS)

  it('fires when images are deleted, of each, of deleteImages', async () => {
    const [, ...two] = others
    await get(as(owner), DeleteImagesDocument, { ids: two.map(({ id }) => id) })
    for (const { id, version } of two) {
      expect(await heard({ id, version: version + 1 })).toMatchObject({ id, status: 'DELETED' })
    }
  }, TOLD_WITHIN_MS)

  it("tells of one image when asked for one, and of nobody else's images", async () => {
    const [one] = others
    const titled = await update({ id: one!.id, title: 'Alone' })
    expect(await ofOne.ended(one!.id)).toEqual(titled)
    expect((await ofOne.heard()).map(({ id }) => id)).toEqual([one!.id])
    await heard(titled)
    expect([await strangers.heard(), await spies.heard()]).toEqual([[], []])
  })

  it('leaves the outcome of an upload to onImageProcessed', async () => {
    const early = (await owners.heard()).filter(({ id, version }) => id === image.id && version <= image.version)
    expect(early).toEqual([])
  })
})
