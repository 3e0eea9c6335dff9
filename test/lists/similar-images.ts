import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../fuzz/random.ts'
import type { GivenLists, User } from './given-lists.ts'
import { givenImages } from './images.ts'

const BITS = 64
const HEX_DIGITS = 16

/** Pictures that hashes are made for, each with near-duplicates. */
const PICTURES = 3
/** Near-duplicates of each, in how many bits they differ. */
const DISTANCES = [0, 1, 2, 3, 3, 3, 4, 6]

/** Of all hashes each so-manieth is compared with the others: originals and near-duplicates alike. */
const ASKED_EVERY = 4

interface Similar {
  items: { image: { id: string }; distance: number }[]
  isMore: boolean
}

export function describeSimilarImages(given: () => GivenLists): void {
  const similar = async ({ run }: User, args: string) =>
    (await run<{ similarImages: Similar }>(`{ similarImages(${args}) { items { image { id } distance } isMore } }`))
      .similarImages

  describe('similarImages', () => {
    it('finds all to a distance of 3 and none beyond, nearest first, of one\'s own', async () => {
      const seed = Date.now()
      const random = createRandom(seed)
      const hashes = Array.from({ length: PICTURES }, () => randomHash(random)).flatMap((hash) =>
        [hash, ...DISTANCES.map((distance) => withBitsFlipped(hash, distance, random))])
      const [user, other] = [await given().newUser(), await given().newUser()]
      const outcomes = hashes.map((hash) => ({ perceptualHash: hex(hash) }))
      const ids = await givenImages(given(), user, outcomes)
      await givenImages(given(), other, outcomes.slice(0, 2))

      for (const [index, hash] of hashes.entries()) {
        if (index % ASKED_EVERY > 0) continue
        const near = hashes.flatMap((candidate, at) => {
          const distance = bitsSet(candidate ^ hash)
          return at === index || distance > 3 ? [] : [{ id: ids[at]!, distance }]
        })
        const { items, isMore } = await similar(user, `id: "${ids[index]}", limit: 100`)
        const found = items.map(({ image: { id }, distance }) => ({ id, distance }))
        const byId = (list: typeof found) => list.sort((one, another) => one.id.localeCompare(another.id))
        expect(found.map(({ distance }) => distance), `seed ${seed}`).toEqual(near.map(({ distance }) => distance).sort())
        expect(byId(found), `seed ${seed}`).toEqual(byId(near))
        expect(isMore).toBe(false)
      }
    })

    it('says that there are more than the limit, and compares to the distance that is asked for', async () => {
      const user = await given().newUser()
      const hashes = ['0123456789abcdef', '0123456789abcdee', '0123456789abffff', null]
      const [id, near, far, flat] = (await givenImages(given(), user, hashes.map((perceptualHash) => (
        { perceptualHash }
      )))) as [string, string, string, string]
      const one = { image: { id: near }, distance: 1 }
      const two = { image: { id: far }, distance: bitsSet(0xcdefn ^ 0xffffn) }
      expect(await similar(user, `id: "${id}"`)).toEqual({ items: [one], isMore: false })
      expect(await similar(user, `id: "${id}", maxDistance: 16`)).toEqual({ items: [one, two], isMore: false })
      expect(await similar(user, `id: "${id}", maxDistance: 16, limit: 1`)).toEqual({ items: [one], isMore: true })
      expect(await similar(user, `id: "${id}", maxDistance: 0`)).toEqual({ items: [], isMore: false })
      expect(await similar(user, `id: "${flat}"`)).toEqual({ items: [], isMore: false })
    })
  })
}

const hex = (hash: bigint): string => hash.toString(16).padStart(BITS / 4, '0')

function randomHash(random: Random): bigint {
  return BigInt(`0x${Array.from({ length: HEX_DIGITS }, () => random.below(HEX_DIGITS).toString(HEX_DIGITS)).join('')}`)
}

function withBitsFlipped(hash: bigint, count: number, random: Random): bigint {
  const bits = new Set<number>()
  while (bits.size < count) bits.add(random.below(BITS))
  return [...bits].reduce((flipped, bit) => flipped ^ (1n << BigInt(bit)), hash)
}

const bitsSet = (bits: bigint): number => [...bits.toString(2)].filter((bit) => bit === '1').length
