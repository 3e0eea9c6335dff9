import { beforeAll, describe, expect, it } from 'vitest'
import { LabelsDocument, type LabelsQuery, type LabelsQueryVariables } from '../../generated/client.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { findableLabels } from './given/findable-labels.ts'
import { givenGallery, type Gallery } from './given/gallery.ts'
import { as, ask, errorTypes, get } from './given/graphql.ts'
import { allPages, foreignTokenErrors, tampered } from './given/next-tokens.ts'
import { givenPerson, givenTarget } from './given/target.ts'
import type { Person } from './target/people.ts'

let gallery: Gallery
beforeAll(async () => {
  gallery = await givenGallery()
})

const page = async (person: Person, variables: LabelsQueryVariables) =>
  (await get<LabelsQuery>(as(person), LabelsDocument, variables)).labels
const all = (person: Person, limit: number) => allPages((nextToken) => page(person, { limit, nextToken }))

/** Names in small letters with the number of images that have them, in alphabetical order. */
const counted = (names: string[]): [string, number][] =>
  [...new Set(names)].sort().map((name) => [name, names.filter((other) => other === name).length])
const inSmall = (labels: LabelsQuery['labels']['items']) =>
  labels.map(({ name, count }) => [name.toLowerCase(), count])
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

describe(`labels: ${EXCEPTIONS.labels.held}`, () => {
  const expected = () => counted([gallery.landscape, gallery.copy, gallery.disc].flatMap(findableLabels))
  const whole = () => eventually(() => all(gallery.owner, 100), (labels) => isSame(inSmall(labels), expected()))

  it("are those of the caller's own images that are READY, each with the number of images", async () => {
    expect(inSmall(await whole())).toEqual(expected())
    const theirs = counted(findableLabels(gallery.theirs))
    await eventually(() => all(gallery.stranger, 100), (labels) => isSame(inSmall(labels), theirs))
  })

  it('are spelt as on the images', async () => {
    const { landscape, copy, disc } = gallery
    const seen = [landscape, copy, disc].flatMap(({ labels }) =>
      labels.flatMap(({ name, parents }) => [name, ...parents]))
    for (const { name } of await whole()) expect(seen).toContain(name)
  })

  it('come page by page, each once', async () => {
    const labels = await whole()
    expect(await all(gallery.owner, 1)).toEqual(labels)
  })

  it('are none for who has no images', async () => {
    expect(await page(await givenPerson('labels-none'), {})).toEqual({ items: [], nextToken: null })
  })
})

describe('labels refuses', () => {
  const refusal = async (person: Person, variables: object) => {
    const answer = await ask(as(person), LabelsDocument, variables)
    return [answer.data, errorTypes(answer)]
  }

  it.each([0, 101])('a limit of %d with InvalidLimit', async (limit) => {
    expect(await refusal(gallery.owner, { limit })).toEqual([null, ['InvalidLimit']])
  })

  it(`a nextToken that it did not give to the caller: ${EXCEPTIONS.foreignToken.held}`, async ({ skip }) => {
    const some = gallery.landscape.labels.length > 0
    skip(givenTarget().kind === 'aws' && !some, 'Rekognition saw nothing on this picture.')
    const { nextToken } = await eventually(() => page(gallery.owner, { limit: 1 }), (first) => !!first.nextToken)
    for (const token of tampered(nextToken!)) {
      expect(await refusal(gallery.owner, { nextToken: token })).toEqual([null, ['InvalidNextToken']])
    }
    const [data, types] = await refusal(gallery.stranger, { nextToken })
    expect(data).toBeNull()
    expect(foreignTokenErrors()).toContainEqual(types)
  })
})
