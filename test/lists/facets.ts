import { beforeAll, describe, expect, it } from 'vitest'
import type { GivenLists, User } from './given-lists.ts'
import { givenImages, label, listed, newestFirst, remove, requestImages } from './images.ts'

const DOG = label('Dog', 'Animal', 'Pet')
const CAT = label('Cat', 'Animal', 'Pet')

export function describeFacets(given: () => GivenLists): void {
  describe('images that are READY', () => {
    let user: User
    let all: string[]
    let dogs: string[]
    let cat: string
    let sunny: string
    let pending: string
    const images = (filter: string) => listed(user, (page) => `images(${filter}, ${page})`)
    beforeAll(async () => {
      user = await given().newUser()
      const described = (index: number) => ({ category: 'Holidays', tags: index === 0 ? ['Sea', 'Sun'] : ['sea'] })
      all = await givenImages(given(), user, [{ labels: [DOG] }, { labels: [DOG] }, { labels: [CAT] }], described)
      dogs = newestFirst(all.slice(0, 2))
      sunny = all[0]!
      cat = all[2]!
      pending = (await requestImages(user, 1, described))[0]!
    })

    it.each(['Dog', 'dog', ' DOG '])('are found by the label "%s", newest first', async (name) => {
      expect(await images(`label: "${name}"`)).toEqual(dogs)
    })

    it.each(['label: "Animal"', 'label: "pet"', 'category: "HOLIDAYS"', 'tag: "Sea"', 'status: READY'])(
      'are all found by %s, and what is not READY is not', async (filter) => {
        expect(await images(filter)).toEqual(newestFirst(all))
      },
    )

    it.each([
      ['tag: "SUN", status: READY', () => [sunny]],
      ['label: "Horse"', () => []],
      ['status: PENDING', () => [pending]],
    ])('are found by %s, and no others', async (filter, found) => {
      expect(await images(filter)).toEqual(found())
    })

    it('are counted by label, in alphabetical order', async () => {
      const { labels } = await user.run('{ labels { items { name count } nextToken } }')
      expect(labels).toEqual({
        items: [['Animal', 3], ['Cat', 1], ['Dog', 2], ['Pet', 3]].map(([name, count]) => ({ name, count })),
        nextToken: null,
      })
    })

    it('leave every list at once when they are deleted, and the counts when they are removed', async () => {
      await user.run(`mutation { deleteImage(id: "${cat}") { status } }`)
      const filters = ['label: "cat"', 'label: "animal"', 'category: "holidays"', 'tag: "sea"', 'status: READY']
      expect(await Promise.all(filters.map(images))).toEqual([[], dogs, dogs, dogs, dogs])
      await remove(given(), user, cat)
      await remove(given(), user, cat)
      expect(await Promise.all(filters.map(images))).toEqual([[], dogs, dogs, dogs, dogs])
      const { labels } = await user.run('{ labels { items { name count } } }')
      expect(labels).toEqual({ items: ['Animal', 'Dog', 'Pet'].map((name) => ({ name, count: 2 })) })
    })

    it('are nobody else\'s', async () => {
      const other = await given().newUser()
      expect(await listed(other, (page) => `images(label: "dog", ${page})`)).toEqual([])
      expect(await other.run('{ labels { items { name } } }')).toEqual({ labels: { items: [] } })
    })
  })
}
