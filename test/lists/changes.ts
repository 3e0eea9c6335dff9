import { beforeAll, describe, expect, it } from 'vitest'
import { start, type Started } from '../access/execute.ts'
import type { GivenLists, User } from './given-lists.ts'
import { develop, givenImages, listed, remove, requestImages } from './images.ts'

const ALL = '1970-01-01T00:00:00Z'
const MS_PER_HOUR = 3_600_000

export function describeChanges(given: () => GivenLists): void {
  describe('imageChanges', () => {
    let user: User
    let ids: string[]
    const changes = (since: string) => listed(user, (page) => `imageChanges(since: "${since}", ${page})`)
    beforeAll(async () => {
      user = await given().newUser()
      ids = await givenImages(given(), user, [{}, {}])
    })

    it('tells of everything, in the order of the last changes, deleted images too', async () => {
      const [first, second] = ids as [string, string]
      const [pending] = (await requestImages(user, 1)) as [string]
      expect(await changes(ALL)).toEqual([first, second, pending])
      await user.run(`mutation { deleteImage(id: "${first}") { id } }`)
      expect(await changes(ALL)).toEqual([second, pending, first])
      await remove(given(), user, first)
      const { imageChanges } = await user.run<{ imageChanges: object }>(
        `{ imageChanges(since: "${ALL}") { items { id status title variants { url } } } }`,
      )
      expect(imageChanges).toMatchObject({
        items: [{ id: second, status: 'READY' }, { id: pending }, { id: first, status: 'DELETED', title: null, variants: [] }],
      })
    })

    it('tells of what changed at a moment or later, however the moment is written', async () => {
      const id = ids[1]!
      const { updateImage: { updatedAt } } = await user.run<{ updateImage: { updatedAt: string } }>(
        `mutation { updateImage(input: { id: "${id}", title: "Pier" }) { updatedAt } }`,
      )
      const eastwards = new Date(Date.parse(updatedAt) + MS_PER_HOUR).toISOString().replace('Z', '+01:00')
      const later = new Date(Date.parse(updatedAt) + 1).toISOString()
      expect(await Promise.all([updatedAt, eastwards, later].map(changes))).toEqual([[id], [id], []])
    })
  })

  describe('onImageChanged', () => {
    let user: User
    let id: string
    let events: Started
    beforeAll(async () => {
      user = await given().newUser()
      id = (await givenImages(given(), user, [{}]))[0]!
      const query = 'subscription { onImageChanged { id owner version status title tags thumbhash variants { url } } }'
      events = await start(given().cloud, () => Promise.resolve({ authorization: user.token }), query)
      return () => events.close()
    })

    it('brings all of an image that is updated, whatever the update selects', async () => {
      await user.run(`mutation { updateImage(input: { id: "${id}", title: "Pier", tags: ["Sun"] }) { id } }`)
      expect(await events.next()).toEqual({
        onImageChanged: {
          id, owner: user.owner, version: 3, status: 'READY', title: 'Pier', tags: ['Sun'], thumbhash: 'AAAA',
          variants: [{ url: expect.stringContaining('/processed/') }],
        },
      })
    })

    it('brings nothing of another user\'s, and what is deleted', async () => {
      const other = await given().newUser()
      const [theirs] = (await requestImages(other, 1)) as [string]
      await develop(given(), other, theirs)
      await other.run(`mutation { updateImage(input: { id: "${theirs}", title: "Theirs" }) { id } }`)
      await user.run(`mutation { deleteImage(id: "${id}") { id } }`)
      expect(await events.next()).toMatchObject({ onImageChanged: { id, version: 4, status: 'DELETED', variants: [] } })
    })
  })
}
