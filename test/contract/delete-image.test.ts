import { beforeAll, describe, expect, it } from 'vitest'
import {
  DeleteImageDocument, DeleteImagesDocument, ImageDocument, ImagesDocument, PublicImagesDocument,
  UpdateImageDocument, type DeleteImagesMutation, type ImagePartsFragment, type ImagesQuery, type PublicImagesQuery,
} from '../../generated/client.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { as, ask, asGuest, errorTypes, get } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { develop, imageOf, requestUpload } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** Most images that are deleted at once. Source: schema.graphql, `deleteImages`. */
const MOST = 25
const TAG = 'to be deleted'
const UNKNOWN = '0'.repeat(26)
const PENDING = { fileName: 'p', contentType: 'image/png', byteSize: 1 }

let owner: Person
let stranger: Person
/** READY, PUBLIC and tagged. */
let image: ImagePartsFragment
beforeAll(async () => {
  ;[owner, stranger] = await Promise.all([givenPerson('delete-image'), givenPerson('delete-stranger')])
  const [developed] = await develop(owner, [{ ...(await fixture('onePixel')), said: { tags: [TAG] } }])
  const input = { id: developed!.id, visibility: 'PUBLIC' }
  image = (await get<{ updateImage: ImagePartsFragment }>(as(owner), UpdateImageDocument, { input })).updateImage
})

const listed = async (variables: object) => {
  const { images } = await get<ImagesQuery>(as(owner), ImagesDocument, variables)
  return images.items.map(({ id }) => id)
}
const listedToAll = async () => {
  const { publicImages } = await get<PublicImagesQuery>(asGuest(), PublicImagesDocument, { limit: 100 })
  return publicImages.items.map(({ id }) => id)
}
const refusal = async (person: Person, document: { toString(): string }, variables: object) =>
  errorTypes(await ask(as(person), document, variables))

describe(`deleteImage: ${EXCEPTIONS.indexes.held}`, () => {
  it("refuses another's image, PUBLIC or not, with ImageNotFound, as one that does not exist", async () => {
    for (const id of [image.id, UNKNOWN, 'x']) {
      expect(await refusal(stranger, DeleteImageDocument, { id })).toEqual(['ImageNotFound'])
    }
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it('answers what is left: DELETED, in a version higher by one, with nothing to look at', async () => {
    await eventually(() => listed({ tag: TAG }), (ids) => ids.includes(image.id))
    await eventually(listedToAll, (ids) => ids.includes(image.id))
    const { deleteImage } = await get<{ deleteImage: ImagePartsFragment }>(
      as(owner), DeleteImageDocument, { id: image.id })
    expect(deleteImage).toMatchObject({
      id: image.id, owner: owner.sub, status: 'DELETED', version: image.version + 1, visibility: 'PRIVATE',
      variants: [], srcsets: [],
    })
  })

  it('hides the image from everybody, by its id and in every list', async () => {
    await eventually(() => imageOf(owner, image.id), (found) => found === null)
    await eventually(async () => (await ask(asGuest(), ImageDocument, { id: image.id })).data?.image,
      (found) => found === null)
    for (const variables of [{}, { tag: TAG }]) await eventually(() => listed(variables), (ids) => ids.length === 0)
    await eventually(listedToAll, (ids) => !ids.includes(image.id))
  })

  it('may be repeated', async () => {
    const { deleteImage } = await get<{ deleteImage: ImagePartsFragment }>(
      as(owner), DeleteImageDocument, { id: image.id })
    expect(deleteImage).toMatchObject({ id: image.id, status: 'DELETED' })
  })

  it.each([
    ['updateImage', 'mutation ($id: ID!) { updateImage(input: { id: $id, title: "Back" }) { id } }'],
    ['reprocessImage', 'mutation ($id: ID!) { reprocessImage(id: $id) { id } }'],
    ['similarImages', 'query ($id: ID!) { similarImages(id: $id) { isMore } }'],
  ])('leaves nothing to %s: ImageNotFound', async (_, query) => {
    expect(await refusal(owner, query, { id: image.id })).toEqual(['ImageNotFound'])
  })
})

describe('deleteImages', () => {
  it('answers one result an id, in their order: what is left, or what is wrong with it', async () => {
    const [first, second, theirs] = await Promise.all([
      requestUpload(owner, PENDING), requestUpload(owner, PENDING), requestUpload(stranger, PENDING),
    ])
    const ids = [first.image.id, theirs.image.id, second.image.id, UNKNOWN]
    const { deleteImages } = await get<DeleteImagesMutation>(as(owner), DeleteImagesDocument, { ids })
    expect(deleteImages.map(({ id }) => id)).toEqual(ids)
    const left = { image: { status: 'DELETED', version: 2 }, error: null }
    const wrong = { image: null, error: { type: 'ImageNotFound', message: expect.stringMatching(/.{10,}/) } }
    expect(deleteImages).toMatchObject([left, wrong, left, wrong])
    for (const { id } of [first.image, second.image]) {
      await eventually(() => imageOf(owner, id), (found) => found === null)
    }
    expect(await imageOf(stranger, theirs.image.id)).toEqual(theirs.image)
  })

  it.each([0, MOST + 1])('refuses %d ids with InvalidBatchSize', async (count) => {
    const answer = await ask(as(owner), DeleteImagesDocument, { ids: Array.from({ length: count }, () => UNKNOWN) })
    expect([answer.data, errorTypes(answer)]).toEqual([null, ['InvalidBatchSize']])
  })
})
