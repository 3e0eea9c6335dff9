import { beforeAll, describe, expect, it } from 'vitest'
import { ImagesDocument, type ImagesQuery, type ImagesQueryVariables } from '../../generated/client.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { findableLabels } from './given/findable-labels.ts'
import { givenGallery, idsOf, SAID, type Gallery } from './given/gallery.ts'
import { as, ask, errorTypes, get } from './given/graphql.ts'
import { allPages, foreignTokenErrors, tampered } from './given/next-tokens.ts'
import { givenTarget } from './given/target.ts'
import { imageOf } from './given/uploads.ts'
import type { Person } from './target/people.ts'

let gallery: Gallery
beforeAll(async () => {
  gallery = await givenGallery()
})

const listed = async (variables: ImagesQueryVariables, person: Person = gallery.owner) =>
  (await get<ImagesQuery>(as(person), ImagesDocument, variables)).images
const ids = ({ items }: ImagesQuery['images']) => items.map(({ id }) => id)
/** The ids of a list once it holds so many. */
const found = async (variables: ImagesQueryVariables, count: number, person?: Person) =>
  ids(await eventually(() => listed(variables, person), ({ items }) => items.length === count))
const refusal = async (person: Person, variables: object) => {
  const answer = await ask(as(person), ImagesDocument, variables)
  return [answer.data, errorTypes(answer)]
}

describe(`images of a category or tag: ${EXCEPTIONS.indexes.held}`, () => {
  it.each<[string, ImagesQueryVariables]>([
    ['as one of them spells it', { category: SAID.category }],
    ['in other letters', { category: 'mOUNTAINS' }],
    ['with blanks around it', { category: ' mountains ' }],
  ])("are the owner's that are READY, newest first: a category %s", async (_, variables) => {
    const { landscape, copy, disc } = gallery
    expect(await found(variables, 3)).toEqual(idsOf([landscape, copy, disc]))
  })

  it.each([
    ['Summer', 'sUMMER', ['landscape', 'copy']],
    ['far away', 'FAR AWAY', ['landscape']],
    ['winter', 'Winter', ['disc']],
  ] as const)('are those with the tag %s, in any letters', async (tag, other, names) => {
    const expected = idsOf(names.map((name) => gallery[name]))
    expect(await found({ tag }, expected.length)).toEqual(expected)
    expect(await found({ tag: other }, expected.length)).toEqual(expected)
  })

  it('are whole images, with what was said of them', async () => {
    const { items } = await eventually(() => listed({ tag: 'far away' }), (page) => page.items.length === 1)
    expect(items).toEqual([await imageOf(gallery.owner, gallery.landscape.id)])
    expect(items[0]).toMatchObject(SAID)
  })

  it("are nobody else's, and none for what nobody said", async () => {
    const { stranger, theirs } = gallery
    expect(await found({ tag: 'summer' }, 1, stranger)).toEqual([theirs.id])
    for (const nothing of [{ tag: 'Mountains' }, { category: 'summer' }, { label: 'far away' }]) {
      expect(await listed(nothing)).toEqual({ items: [], nextToken: null })
    }
  })
})

describe(`images of a label: ${EXCEPTIONS.labels.held}`, () => {
  const pictures = () => [gallery.landscape, gallery.copy, gallery.disc]
  const allWith = (name: string) =>
    idsOf(pictures().filter((image) => findableLabels(image).includes(name.toLowerCase())))

  it('are all on which it was seen, or what it is the broader name of, in any letters', async ({ skip }) => {
    const names = [...new Set(pictures().flatMap((image) => findableLabels(image).slice(0, 1)))]
    skip(givenTarget().kind === 'aws' && names.length === 0, 'Rekognition saw nothing on these pictures.')
    expect(names).not.toEqual([])
    for (const name of names) {
      const expected = allWith(name)
      expect(await found({ label: name }, expected.length)).toEqual(expected)
      expect(await found({ label: name.toUpperCase() }, expected.length)).toEqual(expected)
    }
  })

  it('are found by the broader name of a label', async ({ skip }) => {
    const parent = gallery.landscape.labels.flatMap(({ parents }) => parents)[0]
    skip(givenTarget().kind === 'aws' && parent === undefined, 'Rekognition gave no label of a broader one.')
    const expected = allWith(parent!)
    expect(expected).toContain(gallery.landscape.id)
    expect(await found({ label: parent! }, expected.length)).toEqual(expected)
  })
})

describe('a page of them', () => {
  const CATEGORY = { category: SAID.category }
  let nextToken: string
  beforeAll(async () => {
    await found(CATEGORY, 3)
    nextToken = (await listed({ ...CATEGORY, limit: 1 })).nextToken!
  })

  it('goes on where the one before ended, every image once', async () => {
    const seen = await allPages((token) => listed({ ...CATEGORY, limit: 1, nextToken: token }))
    expect(seen.map(({ id }) => id)).toEqual(await found(CATEGORY, 3))
  })

  it('is refused with InvalidNextToken when the token was changed or made up', async () => {
    for (const token of tampered(nextToken)) {
      expect(await refusal(gallery.owner, { ...CATEGORY, nextToken: token })).toEqual([null, ['InvalidNextToken']])
    }
  })

  it(`is of one list alone: ${EXCEPTIONS.foreignToken.held}`, async () => {
    const { owner, stranger } = gallery
    const others: [Person, object][] = [[stranger, CATEGORY], [owner, { tag: 'summer' }], [owner, { status: 'READY' }]]
    for (const [person, variables] of others) {
      const [data, types] = await refusal(person, { ...variables, nextToken })
      expect(data).toBeNull()
      expect(foreignTokenErrors()).toContainEqual(types)
    }
  })
})

describe('images refuses, by InvalidFilter', () => {
  it.each<[string, object]>([
    ['a label and a tag', { label: 'a', tag: 'a' }],
    ['a category and a tag', { category: 'a', tag: 'a' }],
    ['a tag of images that are PENDING', { tag: 'a', status: 'PENDING' }],
    ['a blank label', { label: ' ' }],
    ['a category of 101 characters', { category: 'c'.repeat(101) }],
  ])('%s', async (_, variables) => {
    expect(await refusal(gallery.owner, variables)).toEqual([null, ['InvalidFilter']])
  })
})
