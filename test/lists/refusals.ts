import { beforeAll, describe, expect, it } from 'vitest'
import type { GivenLists, User } from './given-lists.ts'
import { givenImages, label, refusalOf, requestImages } from './images.ts'

/** Every list of one's own; `page` stands for the arguments of paging. */
const LISTS: Record<string, (page: string) => string> = {
  'images by status': (page) => `images(${page}) { nextToken }`,
  'images by label': (page) => `images(label: "dog", ${page}) { nextToken }`,
  'images by category': (page) => `images(category: "sea", ${page}) { nextToken }`,
  'images by tag': (page) => `images(tag: "sun", ${page}) { nextToken }`,
  labels: (page) => `labels(${page}) { nextToken }`,
  imageChanges: (page) => `imageChanges(since: "1970-01-01T00:00:00Z", ${page}) { nextToken }`,
}
const NAMES = Object.keys(LISTS)

export function describeRefusals(given: () => GivenLists): void {
  describe('lists refuse', () => {
    let user: User
    let other: User
    let tokens: Record<string, string>
    const ask = ({ run }: User, name: string, page: string) => run<{ list: { nextToken: string } }>(
      `{ list: ${LISTS[name]!(page)} }`,
    )
    beforeAll(async () => {
      user = await given().newUser()
      other = await given().newUser()
      const dogs = [{ labels: [label('Dog', 'Animal')] }, { labels: [label('Dog', 'Animal')] }]
      await givenImages(given(), user, dogs, () => ({ category: 'Sea', tags: ['Sun'] }))
      tokens = {}
      for (const name of NAMES) tokens[name] = (await ask(user, name, 'limit: 1')).list.nextToken
    })

    it.each(NAMES)('%s a nextToken that was tampered with, made up, of another list or of another user', async (name) => {
      const own = tokens[name]!
      expect(await refusalOf(ask(user, name, `limit: 1, nextToken: "${own}"`))).toBeUndefined()
      const another = tokens[NAMES[(NAMES.indexOf(name) + 1) % NAMES.length]!]!
      for (const [who, token] of [
        [user, tampered(own)], [user, 'forged'], [user, ''], [user, another], [other, own],
      ] as const) {
        expect(await refusalOf(ask(who, name, `limit: 1, nextToken: "${token}"`))).toBe('InvalidNextToken')
      }
    })

    it.each(NAMES)('%s a limit of 0 and of 101, and take 1 and 100', async (name) => {
      const refusals = [0, 101, 1, 100].map((limit) => refusalOf(ask(user, name, `limit: ${limit}`)))
      expect(await Promise.all(refusals)).toEqual(['InvalidLimit', 'InvalidLimit', undefined, undefined])
    })

    it('to look for what resembles an image that is another\'s, unknown or not READY', async () => {
      const [id] = await givenImages(given(), user, [{}])
      const [pending] = await requestImages(user, 1)
      const similar = ({ run }: User, args: string) => refusalOf(run(`{ similarImages(${args}) { isMore } }`))
      expect(await Promise.all([
        similar(other, `id: "${id}"`),
        similar(user, 'id: "01JAR000000000000000000001"'),
        similar(user, 'id: "x"'),
        similar(user, `id: "${pending}"`),
        similar(user, `id: "${id}", maxDistance: 17`),
        similar(user, `id: "${id}", maxDistance: -1`),
        similar(user, `id: "${id}", limit: 101`),
      ])).toEqual([
        'ImageNotFound', 'ImageNotFound', 'ImageNotFound', 'ImageNotReady', 'InvalidDistance', 'InvalidDistance',
        'InvalidLimit',
      ])
    })
  })

  describe('updateImage', () => {
    it('refuses to change another version than the one that was seen', async () => {
      const user = await given().newUser()
      const [id] = await givenImages(given(), user, [{}])
      const update = (expectedVersion: number) =>
        user.run(`mutation { updateImage(input: { id: "${id}", altText: "A pier", expectedVersion: ${expectedVersion} }) {
          version altText } }`)
      expect(await refusalOf(update(1))).toBe('VersionConflict')
      expect(await update(2)).toEqual({ updateImage: { version: 3, altText: 'A pier' } })
      expect(await refusalOf(update(2))).toBe('VersionConflict')
    })
  })
}

/** The token with one of its characters, amid the others, changed. */
function tampered(token: string): string {
  const at = Math.floor(token.length / 2)
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}
