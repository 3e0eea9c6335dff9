import { beforeAll, describe, expect, it } from 'vitest'
import {
  SimilarImagesDocument, type SimilarImagesQuery, type SimilarImagesQueryVariables,
} from '../../generated/client.ts'
import { hammingDistance } from '../functions/hamming-distance.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { givenGallery, type Gallery } from './given/gallery.ts'
import { as, ask, errorTypes, get } from './given/graphql.ts'
import { imageOf } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** To which similarImages looks when it is not told. Source: schema.graphql. */
const DEFAULT_DISTANCE = 3

let gallery: Gallery
beforeAll(async () => {
  gallery = await givenGallery()
})

const similar = async (variables: SimilarImagesQueryVariables) =>
  (await get<SimilarImagesQuery>(as(gallery.owner), SimilarImagesDocument, variables)).similarImages

describe(`similarImages: ${EXCEPTIONS.indexes.held}`, () => {
  it.each([['landscape', 'copy'], ['copy', 'landscape']] as const)(
    'finds of the %s the %s, which is the same picture in another format, and says how far it is',
    async (name, other) => {
      const distance = hammingDistance(gallery[name].perceptualHash!, gallery[other].perceptualHash!)
      expect(distance).toBeLessThanOrEqual(DEFAULT_DISTANCE)
      const answer = await eventually(() => similar({ id: gallery[name].id }), ({ items }) => items.length > 0)
      const image = await imageOf(gallery.owner, gallery[other].id)
      expect(answer).toEqual({ items: [{ image, distance }], isMore: false })
    },
  )

  it('finds none of a picture that looks like no other', async () => {
    const { landscape, disc } = gallery
    expect(hammingDistance(disc.perceptualHash!, landscape.perceptualHash!)).toBeGreaterThan(DEFAULT_DISTANCE)
    expect(await similar({ id: disc.id })).toEqual({ items: [], isMore: false })
  })

  it.each([[{ maxDistance: 0 }], [{ maxDistance: 16 }], [{ limit: 1 }], [{ limit: 100 }]])(
    'takes %j, and looks that far',
    async (variables: { maxDistance?: number; limit?: number }) => {
      const { landscape, copy } = gallery
      const { items } = await similar({ id: landscape.id, ...variables })
      const found = items.filter(({ image }) => image.id === copy.id).map(({ distance }) => distance)
      const distance = hammingDistance(landscape.perceptualHash!, copy.perceptualHash!)
      expect(found).toEqual(distance <= (variables.maxDistance ?? DEFAULT_DISTANCE) ? [distance] : [])
    },
  )
})

describe('similarImages refuses', () => {
  const refusal = async (person: Person, variables: object) => {
    const answer = await ask(as(person), SimilarImagesDocument, variables)
    return [answer.data, errorTypes(answer)]
  }

  it("another's image with ImageNotFound, as one that does not exist", async () => {
    const { owner, stranger, landscape, theirs } = gallery
    const asked: [Person, string][] = [
      [stranger, landscape.id], [owner, theirs.id], [owner, '0'.repeat(26)], [owner, 'x'],
    ]
    for (const [person, id] of asked) expect(await refusal(person, { id })).toEqual([null, ['ImageNotFound']])
  })

  it('an image that is not READY with ImageNotReady', async () => {
    expect(await refusal(gallery.owner, { id: gallery.pending.id })).toEqual([null, ['ImageNotReady']])
  })

  it.each([
    [{ maxDistance: -1 }, 'InvalidDistance'],
    [{ maxDistance: 17 }, 'InvalidDistance'],
    [{ limit: 0 }, 'InvalidLimit'],
    [{ limit: 101 }, 'InvalidLimit'],
  ])('%j with %s', async (variables, errorType) => {
    expect(await refusal(gallery.owner, { id: gallery.landscape.id, ...variables })).toEqual([null, [errorType]])
  })
})
