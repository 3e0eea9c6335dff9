import { beforeAll, describe, expect, it } from 'vitest'
import {
  ImagesDocument, UpdateImageDocument, type ImagePartsFragment, type ImagesQuery,
} from '../../generated/client.ts'
import type { UpdateImageInput } from '../../generated/graphql.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { as, ask, get } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { develop, imageOf } from './given/uploads.ts'
import type { Person } from './target/people.ts'

let owner: Person
/** As it is now. */
let image: ImagePartsFragment
beforeAll(async () => {
  owner = await givenPerson('update-image')
  const said = { category: 'Mountains', tags: ['summer'], altText: 'A meadow' }
  ;[image] = (await develop(owner, [{ ...(await fixture('onePixel')), said }])) as [ImagePartsFragment]
})

const update = async (input: Omit<UpdateImageInput, 'id'>) => {
  const variables = { input: { id: image.id, ...input } }
  image = (await get<{ updateImage: ImagePartsFragment }>(as(owner), UpdateImageDocument, variables)).updateImage
  return image
}
const answerTo = (input: Omit<UpdateImageInput, 'id'>) =>
  ask(as(owner), UpdateImageDocument, { input: { id: image.id, ...input } })
const idsOf = async (variables: object) =>
  (await get<ImagesQuery>(as(owner), ImagesDocument, variables)).images.items.map(({ id }) => id)

describe('updateImage with expectedVersion', () => {
  it('changes an image that has that version, and counts it on by one', async () => {
    const before = image
    const after = await update({ title: 'Read first', expectedVersion: before.version })
    const { updatedAt } = after
    expect(after).toEqual({ ...before, title: 'Read first', version: before.version + 1, updatedAt })
    expect(updatedAt > before.updatedAt).toBe(true)
  })

  it('refuses every other version with VersionConflict, says both, and changes nothing', async () => {
    const before = image
    for (const expectedVersion of [before.version - 1, before.version + 1, 0]) {
      const { data, errors } = await answerTo({ title: 'Lost', category: null, expectedVersion })
      expect(data).toEqual({ updateImage: null })
      expect(errors).toMatchObject([{
        errorType: 'VersionConflict',
        path: ['updateImage'],
        message: expect.stringMatching(new RegExp(`\\b${before.version}\\b.*\\b${expectedVersion}\\b`)),
      }])
    }
    expect(await imageOf(owner, before.id)).toEqual(before)
  })

  it('lets one of two through that saw the same version', async () => {
    const expectedVersion = image.version
    const answers = await Promise.all(['One', 'Other'].map((title) => answerTo({ title, expectedVersion })))
    const refusals = answers.flatMap(({ errors }) => errors.map(({ errorType }) => errorType))
    expect(refusals).toHaveLength(1)
    expect(['VersionConflict', 'ImageChangedMeanwhile']).toContain(refusals[0])
    const [written] = answers.flatMap(({ data }) => (data?.updateImage ? [data.updateImage as ImagePartsFragment] : []))
    image = written!
    expect(image.version).toBe(expectedVersion + 1)
    expect(await imageOf(owner, image.id)).toEqual(image)
  })
})

describe(`updateImage of words: ${EXCEPTIONS.indexes.held}`, () => {
  it('leaves what is left out, and takes away what is null or blank', async () => {
    expect(await update({ altText: 'Another' }))
      .toMatchObject({ altText: 'Another', category: 'Mountains', tags: ['summer'] })
    expect(await update({ altText: ' ', category: null })).toMatchObject({ altText: null, category: null })
    expect(image.tags).toEqual(['summer'])
  })

  it('keeps tags once each, without the blanks around them', async () => {
    expect((await update({ tags: [' winter', 'Winter', 'snow'] })).tags).toEqual(['winter', 'snow'])
  })

  it('changes by what the image is found', async () => {
    await update({ tags: ['here'], category: 'now' })
    for (const there of [{ tag: 'here' }, { category: 'now' }]) {
      await eventually(() => idsOf(there), (ids) => ids.includes(image.id))
    }
    await update({ tags: [], category: 'then' })
    expect([image.tags, image.category]).toEqual([[], 'then'])
    for (const gone of [{ tag: 'here' }, { category: 'now' }]) {
      await eventually(() => idsOf(gone), (ids) => ids.length === 0)
    }
  })

  it.each<[string, Omit<UpdateImageInput, 'id'>, string]>([
    ['an altText of 1,001 characters', { altText: 'a'.repeat(1_001) }, 'InvalidAltText'],
    ['a category of 51 characters', { category: 'c'.repeat(51) }, 'InvalidCategory'],
    ['a tag of 51 characters', { tags: ['t'.repeat(51)] }, 'InvalidTags'],
    ['a blank tag', { tags: [' '] }, 'InvalidTags'],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, at) => `tag ${at}`) }, 'InvalidTags'],
    ['nothing but a version', { expectedVersion: 1 }, 'NothingToUpdate'],
  ])('refuses %s', async (_, input, errorType) => {
    const { data, errors } = await answerTo(input)
    expect(data).toEqual({ updateImage: null })
    expect(errors).toMatchObject([{ errorType, path: ['updateImage'], message: expect.stringMatching(/must .*got/) }])
  })
})
