import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ImageDocument, PublicImagesDocument, UpdateImageDocument, type ImagePartsFragment, type PublicImagesQuery,
} from '../../generated/client.ts'
import type { UpdateImageInput } from '../../generated/graphql.ts'
import { fixture } from '../fixtures/index.ts'
import { as, ask, asGuest, get, type Asker } from './given/graphql.ts'
import { eventually } from './given/eventually.ts'
import { givenPerson } from './given/target.ts'
import { develop, imageOf, requestUpload } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** Null for everybody but the owner. Source: schema.graphql, `Image`. */
const OWNERS_ALONE = {
  fileName: null, sha256: null, failure: null, camera: null, moderationLabels: null, views: null, lastViewedAt: null,
}

let owner: Person
let stranger: Person
let image: ImagePartsFragment
let other: ImagePartsFragment

const update = async (person: Person, input: UpdateImageInput) =>
  (await get<{ updateImage: ImagePartsFragment }>(as(person), UpdateImageDocument, { input })).updateImage
const seenBy = async (asker: Asker, id: string) =>
  (await get<{ image: ImagePartsFragment | null }>(asker, ImageDocument, { id })).image
const publicImages = async (asker: Asker, variables: { limit?: number; nextToken?: string | null } = {}) =>
  (await get<PublicImagesQuery>(asker, PublicImagesDocument, { limit: 100, ...variables })).publicImages
const isListed = ({ items }: PublicImagesQuery['publicImages'], id: string) => items.some((item) => item.id === id)

beforeAll(async () => {
  ;[owner, stranger] = await Promise.all([givenPerson('visible-owner'), givenPerson('visible-stranger')])
  const picture = await fixture('icon')
  ;[image, other] = (await develop(owner, [picture, picture])) as [ImagePartsFragment, ImagePartsFragment]
})
afterAll(async () => {
  for (const { id } of [image, other]) await update(owner, { id, visibility: 'PRIVATE' })
})

describe('an image that is made PUBLIC', () => {
  beforeAll(async () => {
    image = await update(owner, { id: image.id, title: 'For all', visibility: 'PUBLIC' })
    other = await update(owner, { id: other.id, visibility: 'PUBLIC' })
  })

  it('says so, in a version higher by one, with everything else as it was', async () => {
    expect(image).toMatchObject({ visibility: 'PUBLIC', title: 'For all', status: 'READY', fileName: 'photo' })
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it("is read by guests and other users, without what is the owner's alone", async () => {
    for (const asker of [asGuest(), as(stranger)]) {
      expect(await seenBy(asker, image.id)).toEqual({ ...image, ...OWNERS_ALONE })
    }
  })

  it('is listed to everybody, newest first', async () => {
    for (const asker of [asGuest(), as(stranger), as(owner)]) {
      const list = await eventually(() => publicImages(asker),
        (page) => isListed(page, image.id) && isListed(page, other.id))
      const ids = list.items.map(({ id }) => id)
      expect(ids).toEqual([...ids].sort().reverse())
    }
  })

  it('is listed once, however small the pages', async () => {
    await eventually(() => publicImages(asGuest()), (page) => isListed(page, image.id) && isListed(page, other.id))
    const seen: string[] = []
    let nextToken: string | null | undefined
    do {
      const { items, nextToken: next } = await publicImages(asGuest(), { limit: 1, nextToken })
      seen.push(...items.map(({ id }) => id))
      nextToken = next
    } while (nextToken && !(seen.includes(image.id) && seen.includes(other.id)))
    expect(seen).toHaveLength(new Set(seen).size)
    expect(seen).toEqual(expect.arrayContaining([image.id, other.id]))
  })

  it('is gone for others once it is PRIVATE again', async () => {
    const again = await update(owner, { id: image.id, visibility: 'PRIVATE' })
    expect(again.version).toBe(image.version + 1)
    for (const asker of [asGuest(), as(stranger)]) {
      expect(await seenBy(asker, image.id)).toBeNull()
      await eventually(() => publicImages(asker), (page) => !isListed(page, image.id))
    }
    expect(await imageOf(owner, image.id)).toEqual(again)
  })
})

describe('publicImages refuses', () => {
  it.each([
    ['a limit of 0', { limit: 0 }, 'InvalidLimit'],
    ['a limit of 101', { limit: 101 }, 'InvalidLimit'],
    ['a nextToken that was made up', { nextToken: 'made up' }, 'InvalidNextToken'],
  ])('%s', async (_, variables, errorType) => {
    const { data, errors } = await ask(asGuest(), PublicImagesDocument, variables)
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ errorType, path: ['publicImages'] }])
  })
})

describe('updateImage', () => {
  const refusal = async (person: Person, input: UpdateImageInput) => {
    const { data, errors } = await ask(as(person), UpdateImageDocument, { input })
    return [data, errors.map(({ errorType }) => errorType)]
  }
  const refused = (errorType: string) => [{ updateImage: null }, [errorType]]

  it('changes the title, and takes it away', async () => {
    const titled = await update(owner, { id: other.id, title: 'Named' })
    expect(titled).toMatchObject({ title: 'Named', version: other.version + 1 })
    const untitled = await update(owner, { id: other.id, title: null })
    expect(untitled).toMatchObject({ title: null, version: other.version + 2 })
  })

  it("answers ImageNotFound for another's image, PUBLIC or not, as for one that does not exist", async () => {
    for (const id of [image.id, other.id, '0'.repeat(26), 'x']) {
      expect(await refusal(stranger, { id, title: 'Mine' })).toEqual(refused('ImageNotFound'))
    }
    expect((await imageOf(owner, other.id))?.title).not.toBe('Mine')
  })

  it('refuses to show an image that is not READY, with ImageNotReady', async () => {
    const pending = await requestUpload(owner, { fileName: 'p', contentType: 'image/png', byteSize: 1 })
    expect(await refusal(owner, { id: pending.image.id, visibility: 'PUBLIC' })).toEqual(refused('ImageNotReady'))
    expect(await imageOf(owner, pending.image.id)).toEqual(pending.image)
  })

  it('refuses nothing to do, and a title that is too long', async () => {
    expect(await refusal(owner, { id: image.id })).toEqual(refused('NothingToUpdate'))
    expect(await refusal(owner, { id: image.id, title: 't'.repeat(201) })).toEqual(refused('InvalidTitle'))
  })
})
