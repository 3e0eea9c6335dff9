import { describe, expect, it } from 'vitest'
import { givenImages, label, pagesOf, remove } from './images.ts'
import type { GivenLists, User } from './given-lists.ts'

const PAGE = 3
const DOG = { labels: [label('Dog')] }
const described = () => ({ category: 'Sea', tags: ['Sun'] })

/** A list of images and one of facets, into which an image is inserted, and from which one is deleted, a page. */
const LISTS = ['status: READY', 'label: "dog"']

export function describePagination(given: () => GivenLists): void {
  /** Deletes an image that was not there all the time, and inserts another. */
  const change = async (user: User, passing: string[]) => {
    const gone = passing.shift()!
    await user.run(`mutation { deleteImage(id: "${gone}") { id } }`)
    await remove(given(), user, gone)
    passing.push(...(await givenImages(given(), user, [DOG], described)))
  }

  describe('pages', () => {
    it.each(LISTS)('of images(%s) hold each image once, and every one that was there all the time', async (filter) => {
      const user = await given().newUser()
      const ids = await givenImages(given(), user, Array.from({ length: 10 }, () => DOG), described)
      const passing = ids.filter((_, index) => index % 2 === 0)
      const staying = ids.filter((id) => !passing.includes(id))
      const pages = await pagesOf(user, (page) => `images(${filter}, ${page})`, PAGE, () => change(user, passing))
      const found = pages.flat()
      expect(pages.length).toBeGreaterThan(2)
      expect(new Set(found).size).toBe(found.length)
      expect(found).toEqual([...found].sort().reverse())
      expect(found).toEqual(expect.arrayContaining(staying))
    })

    it('of imageChanges tell of what changes meanwhile once more, at the end, and miss nothing', async () => {
      const user = await given().newUser()
      const ids = await givenImages(given(), user, Array.from({ length: 8 }, () => DOG), described)
      const passing = ids.slice(0, 4)
      let changes = 3
      const pages = await pagesOf(
        user, (page) => `imageChanges(since: "1970-01-01T00:00:00Z", ${page})`, PAGE,
        async () => {
          changes -= 1
          if (changes >= 0) await change(user, passing)
        },
      )
      const found = pages.flat()
      expect(new Set(found)).toEqual(new Set([...ids, ...passing]))
      const newest = passing.at(-1)!
      expect(found.filter((id) => id === newest)).toHaveLength(1)
    })
  })
}
