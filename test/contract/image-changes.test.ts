import { beforeAll, describe, expect, it } from 'vitest'
import {
  DeleteImageDocument, ImageChangesDocument, ImageDocument, UpdateImageDocument, type ImageChangesQuery,
  type ImagePartsFragment,
} from '../../generated/client.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { as, ask, errorTypes, get } from './given/graphql.ts'
import { allPages, foreignTokenErrors, tampered } from './given/next-tokens.ts'
import { givenPerson } from './given/target.ts'
import { requestUpload } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** All there is. */
const EVER = '1970-01-01T00:00:00Z'
/** A clock of another country: +02:00. */
const HOURS_AHEAD = 2
const MS_PER_HOUR = 3_600_000
const PENDING = { fileName: 'p', contentType: 'image/png', byteSize: 1 }

let owner: Person
let stranger: Person
let untouched: ImagePartsFragment
let updated: ImagePartsFragment
let deleted: ImagePartsFragment
beforeAll(async () => {
  ;[owner, stranger] = await Promise.all([givenPerson('changes'), givenPerson('changes-stranger')])
  await requestUpload(stranger, PENDING)
  const images: ImagePartsFragment[] = []
  for (let count = 0; count < 3; count += 1) images.push((await requestUpload(owner, PENDING)).image)
  // The first is the last that changes.
  const [first, second, third] = images
  untouched = second!
  const input = { id: third!.id, title: 'Changed' }
  updated = (await get<{ updateImage: ImagePartsFragment }>(as(owner), UpdateImageDocument, { input })).updateImage
  deleted = (await get<{ deleteImage: ImagePartsFragment }>(as(owner), DeleteImageDocument, { id: first!.id }))
    .deleteImage
})

const page = async (person: Person, variables: { since?: string; limit?: number; nextToken?: string | null } = {}) =>
  (await get<ImageChangesQuery>(as(person), ImageChangesDocument, { since: EVER, ...variables })).imageChanges
const versions = (images: ImagePartsFragment[]) => images.map(({ id, version }) => `${id} ${version}`).join()
/** All changes, once those versions show. */
const changes = (since: string, expected: ImagePartsFragment[], limit = 100) =>
  eventually(() => allPages((nextToken) => page(owner, { since, limit, nextToken })), (images) =>
    versions(images) === versions(expected))
const refusal = async (person: Person, variables: object) => {
  const answer = await ask(as(person), ImageChangesDocument, { since: EVER, ...variables })
  return [answer.data, errorTypes(answer)]
}

describe(`imageChanges: ${EXCEPTIONS.indexes.held}`, () => {
  it("are the caller's own, each once and as it is now, the one that changed last at the end", async () => {
    const all = [untouched, updated, deleted]
    expect(await changes(EVER, all)).toEqual(all)
  })

  it('hold what was deleted, which is found nowhere else', async () => {
    const [last] = await changes(deleted.updatedAt, [deleted])
    expect(last).toMatchObject({ id: deleted.id, status: 'DELETED', variants: [] })
    const { data } = await ask(as(owner), ImageDocument, { id: deleted.id })
    expect(data).toEqual({ image: null })
  })

  it('are those of a moment or later, written in any way', async () => {
    const since = updated.updatedAt
    const late = [updated, deleted]
    expect(await changes(since, late)).toEqual(late)
    const elsewhere = new Date(Date.parse(since) + HOURS_AHEAD * MS_PER_HOUR).toISOString().replace('Z', '+02:00')
    expect(await changes(elsewhere, late)).toEqual(late)
  })

  it('are none from the future on', async () => {
    expect(await page(owner, { since: '2999-01-01T00:00:00Z' })).toEqual({ items: [], nextToken: null })
  })

  it('come page by page, each once', async () => {
    const all = [untouched, updated, deleted]
    expect(await changes(EVER, all, 1)).toEqual(all)
  })
})

describe('imageChanges refuses', () => {
  it.each([0, 101])('a limit of %d with InvalidLimit', async (limit) => {
    expect(await refusal(owner, { limit })).toEqual([null, ['InvalidLimit']])
  })

  it('a moment that is none', async () => {
    const [data, types] = await refusal(owner, { since: 'yesterday' })
    expect([data, types!.length]).toEqual([null, 1])
  })

  it(`a nextToken that it did not give to the caller: ${EXCEPTIONS.foreignToken.held}`, async () => {
    const { nextToken } = await eventually(() => page(owner, { limit: 1 }), (first) => !!first.nextToken)
    for (const token of tampered(nextToken!)) {
      expect(await refusal(owner, { nextToken: token })).toEqual([null, ['InvalidNextToken']])
    }
    const [data, types] = await refusal(stranger, { nextToken })
    expect(data).toBeNull()
    expect(foreignTokenErrors()).toContainEqual(types)
  })
})
