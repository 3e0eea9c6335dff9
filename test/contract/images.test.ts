import { beforeAll, describe, expect, it } from 'vitest'
import { ImageDocument, ImagesDocument, type ImagesQuery } from '../../generated/client.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { as, ask, asGuest, get } from './given/graphql.ts'
import { eventually } from './given/eventually.ts'
import { foreignTokenErrors, tampered } from './given/next-tokens.ts'
import { givenPerson } from './given/target.ts'
import { imageOf, requestUpload } from './given/uploads.ts'
import type { Person } from './target/people.ts'

const COUNT = 5
const STATUS = 'PENDING'

let owner: Person
let stranger: Person
/** Newest first. */
const ids: string[] = []

const page = async (person: Person, variables: { limit?: number; nextToken?: string | null; status?: string }) =>
  (await get<ImagesQuery>(as(person), ImagesDocument, { status: STATUS, ...variables })).images

beforeAll(async () => {
  ;[owner, stranger] = await Promise.all([givenPerson('images-owner'), givenPerson('images-stranger')])
  for (let count = 0; count < COUNT; count += 1) {
    const { image } = await requestUpload(owner, { fileName: `${count}`, contentType: 'image/png', byteSize: 1 })
    ids.unshift(image.id)
  }
  await requestUpload(stranger, { fileName: 'theirs', contentType: 'image/png', byteSize: 1 })
  await requestUpload(stranger, { fileName: 'theirs', contentType: 'image/png', byteSize: 1 })
})

describe('image', () => {
  it("answers null for another's image, as for one that does not exist", async () => {
    expect(await imageOf(owner, ids[0]!)).toMatchObject({ id: ids[0], owner: owner.sub })
    const unknown = ids[0]!.slice(0, -1) + (ids[0]!.endsWith('0') ? '1' : '0')
    for (const asker of [as(stranger), asGuest()]) {
      const theirs = await ask(asker, ImageDocument, { id: ids[0] })
      const nobodys = await ask(asker, ImageDocument, { id: unknown })
      expect(theirs).toEqual({ status: 200, data: { image: null }, errors: [] })
      expect(theirs).toEqual(nobodys)
    }
  })

  it('answers null for an id that can be none', async () => {
    for (const id of ['', 'x', '../../etc/passwd', '0'.repeat(3_000)]) {
      expect(await ask(as(owner), ImageDocument, { id })).toEqual({ status: 200, data: { image: null }, errors: [] })
    }
  })
})

describe(`images: ${EXCEPTIONS.indexes.held}`, () => {
  it("lists the caller's own, newest first", async () => {
    const all = await eventually(() => page(owner, {}), ({ items }) => items.length === COUNT)
    expect(all.items.map(({ id }) => id)).toEqual(ids)
    expect(all.nextToken).toBeNull()
    expect(all.items[0]).toEqual(await imageOf(owner, ids[0]!))
  })

  it('goes on where the page before ended, every image once', async () => {
    await eventually(() => page(owner, {}), ({ items }) => items.length === COUNT)
    const seen: string[] = []
    let nextToken: string | null | undefined
    do {
      const { items, nextToken: next } = await page(owner, { limit: 2, nextToken })
      expect(items.length).toBeLessThanOrEqual(2)
      seen.push(...items.map(({ id }) => id))
      nextToken = next
    } while (nextToken)
    expect(seen).toEqual(ids)
  })

  it('lists one status at a time, READY unless told otherwise', async () => {
    const { images } = await get<ImagesQuery>(as(owner), ImagesDocument)
    expect(images).toMatchObject({ items: [], nextToken: null })
    for (const status of ['PROCESSING', 'READY', 'REJECTED', 'FAILED', 'EXPIRED']) {
      expect((await page(owner, { status })).items).toEqual([])
    }
  })

  it.each([0, -1, 101])('refuses a limit of %d with InvalidLimit', async (limit) => {
    const { data, errors } = await ask(as(owner), ImagesDocument, { limit })
    expect(data).toBeNull()
    expect(errors).toMatchObject([{ errorType: 'InvalidLimit', path: ['images'] }])
  })

  it.each([1, 100])('takes a limit of %d', async (limit) => {
    expect((await page(owner, { limit })).items.length).toBeLessThanOrEqual(limit)
  })
})

describe('nextToken', () => {
  let nextToken: string
  beforeAll(async () => {
    const first = await eventually(() => page(owner, { limit: 1 }), (one) => one.nextToken !== null)
    nextToken = first.nextToken!
  })
  const refusal = async (person: Person, variables: object) => {
    const { data, errors } = await ask(as(person), ImagesDocument, { status: STATUS, ...variables })
    return [data, errors.map(({ errorType }) => errorType)]
  }

  it('is opaque: it tells neither owner nor id', () => {
    const plain = Buffer.from(nextToken, 'base64').toString('latin1')
    for (const secret of [owner.sub, ids[0]!]) expect(nextToken + plain).not.toContain(secret)
  })

  it('is refused with InvalidNextToken when it was changed or made up', async () => {
    for (const token of tampered(nextToken)) {
      expect(await refusal(owner, { nextToken: token })).toEqual([null, ['InvalidNextToken']])
    }
  })

  it(`is good for no list but its own: ${EXCEPTIONS.foreignToken.held}`, async () => {
    const others: [Person, object][] = [[stranger, { nextToken }], [owner, { status: 'READY', nextToken }]]
    for (const [person, variables] of others) {
      const [data, types] = await refusal(person, variables)
      expect(data).toBeNull()
      expect(foreignTokenErrors()).toContainEqual(types)
    }
  })
})
