import { describe, expect, it } from 'vitest'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenContext, givenItem, givenResolver, GUEST, OWNER, USER_POOL } from './given.ts'

const SHARDS = [0, 1, 2, 3, 4, 5, 6, 7]
const pipeline = givenResolver('Query.publicImages/index')
const steps = SHARDS.map((shard) => givenResolver(`Query.publicImages/${shard + 1}.queryShard${shard}`))

/** Ids that sort by their number; the last character says the shard. */
const idOf = (number: number, shard: number) => `01JAR${String(number).padStart(20, '0')}${shard}`
const base64 = (text: string) => Buffer.from(text).toString('base64')

interface KeyCondition { expression: string; expressionValues: Record<string, { S: string }> }
interface Page { items: { id: string }[]; nextToken: string | null }

/** Whether DynamoDB would find an id by these conditions on the sort key. */
function meets(id: string, { expression, expressionValues }: KeyCondition): boolean {
  const operand = (pattern: RegExp) => expressionValues[pattern.exec(expression)?.[1] ?? '']?.S
  const [above, below] = [operand(/#id > (:\w+)/), operand(/#id < (:\w+)/)]
  const [from, to] = [operand(/#id BETWEEN (:\w+) AND/), operand(/ AND (:\w+)\)$/)]
  const conditions = [above && id > above, below && id < below, from && id >= from, to && id <= to]
  return conditions.every((holds) => holds === undefined || holds)
}

const newestFirst = (ids: string[]) => [...ids].sort().reverse()

/** Runs the whole pipeline over shards that hold these ids, as AppSync does. */
function list(
  ids: string[],
  args: { limit?: number | null; nextToken?: string | null },
  { shardMax = Number.POSITIVE_INFINITY, item = {} as Partial<ImageItem>, identity = null as object | null } = {},
) {
  const asked = pipeline.evaluate('request', givenContext({ args, identity }), GUEST)
  if (asked.error) return { error: asked.error }
  let stash = asked.stash
  let read = 0
  SHARDS.forEach((shard) => {
    const step = steps[shard]!
    const { result } = step.evaluate('request', givenContext({ args, stash }), GUEST) as {
      result: { limit: number; query: KeyCondition }
    }
    expect(result.query.expressionValues[':publicKey_eq']).toEqual({ S: `PUBLIC#${shard}` })
    const held = newestFirst(ids.filter((id) => id.endsWith(String(shard)) && meets(id, result.query)))
    const items = held.slice(0, Math.min(result.limit, shardMax))
      .map((id) => givenItem({ id, visibility: 'PUBLIC', ...item }))
    read += items.length
    const page = { items, nextToken: items.length < held.length || items.length === result.limit ? 'more' : null }
    stash = step.evaluate('response', givenContext({ args, stash, result: page }), GUEST).stash
  })
  const { result } = pipeline.evaluate('response', givenContext({ args, stash, identity }), GUEST)
  return { page: result as Page, read }
}

/** Every page until the last, one after the other. */
function pages(ids: string[], limit: number, options = {}): string[][] {
  const found: string[][] = []
  let nextToken: string | null = null
  for (let count = 0; count <= ids.length + 1; count += 1) {
    const { page } = list(ids, { limit, nextToken }, options) as { page: Page }
    found.push(page.items.map(({ id }) => id))
    nextToken = page.nextToken
    if (nextToken === null) return found
  }
  throw new Error(`expected a last page, got ${found.length} pages of ${ids.length} images.`)
}

describe('Query.publicImages request', () => {
  it('queries a shard for the newest', () => {
    const { stash } = pipeline.evaluate('request', givenContext({ args: {} }), GUEST)
    expect(steps[3]!.evaluate('request', givenContext({ stash }), GUEST).result).toEqual({
      operation: 'Query',
      index: 'byPublic',
      query: {
        expression: '(#publicKey = :publicKey_eq)',
        expressionNames: { '#publicKey': 'publicKey' },
        expressionValues: { ':publicKey_eq': { S: 'PUBLIC#3' } },
      },
      scanIndexForward: false,
      limit: 20,
    })
  })

  it('queries a shard for what is older than the page before', () => {
    const args = { nextToken: base64(`v1:${idOf(9, 0)}`), limit: 7 }
    const { stash } = pipeline.evaluate('request', givenContext({ args }), GUEST)
    expect(steps[0]!.evaluate('request', givenContext({ stash }), GUEST).result).toMatchObject({
      limit: 7, query: { expressionValues: { ':id_lt': { S: idOf(9, 0) } } },
    })
  })

  it.each([0, -1, 101])('refuses a limit of %i', (limit) => {
    expect(list([], { limit }).error).toMatchObject({
      errorType: 'InvalidLimit', message: `limit must be between 1 and 100, got ${limit}.`,
    })
  })

  it.each([
    ['an empty one', ''],
    ['no base64', 'x'.repeat(39) + '!'],
    ['a bare id', idOf(1, 1)],
    ['another version', base64(`v2:${idOf(1, 1)}`)],
    ['an id in lower case', base64(`v1:${idOf(1, 1).toLowerCase()}`)],
    ['an id that is too long', base64(`v1:${idOf(1, 1)}0`)],
    ['a token with more behind it', `${base64(`v1:${idOf(1, 1)}`)}AAAA`],
    ['something overlong, of which it repeats a part', 'x'.repeat(200)],
  ])('refuses as nextToken %s', (_, nextToken) => {
    const { error } = list([], { nextToken })
    expect(error).toMatchObject({ errorType: 'InvalidNextToken' })
    expect(error!.message.length).toBeLessThan(200)
  })
})

describe('Query.publicImages', () => {
  const many = Array.from({ length: 100 }, (_, number) => idOf(number, (number * 5 + (number >> 3)) % 8))

  it.each([1, 3, 8, 20, 99, 100])('pages of %i hold every image once, newest first across the shards', (limit) => {
    const found = pages(many, limit)
    expect(found.flat()).toEqual(newestFirst(many))
    for (const page of found.slice(0, -1)) expect(page).toHaveLength(limit)
  })

  it('holds them also when all are of one shard', () => {
    const lopsided = Array.from({ length: 25 }, (_, number) => idOf(number, 6))
    expect(pages(lopsided, 10).map((page) => page.length)).toEqual([10, 10, 5])
  })

  it('skips none when DynamoDB ends a Query early', () => {
    for (const shardMax of [1, 2, 5]) expect(pages(many, 20, { shardMax }).flat()).toEqual(newestFirst(many))
  })

  const full = Array.from({ length: 2_000 }, (_, number) => idOf(number, (number * 5 + (number >> 3)) % 8))

  it.each([1_999, 900])('reads 3.6 times what the largest page holds, below image %i too', (newest) => {
    const nextToken = base64(`v1:${idOf(newest, 0)}`)
    const { page, read } = list(full, { limit: 100, nextToken })
    expect(read).toBeGreaterThan(340)
    expect(read).toBeLessThan(380)
    const older = newestFirst(full).filter((id) => id < idOf(newest, 0))
    expect(page!.items.map(({ id }) => id)).toEqual(older.slice(0, 100))
  })

  it('reads 8 times the page when each shard is newer than the one before', () => {
    const steep = Array.from({ length: 800 }, (_, number) => idOf(number, Math.floor(number / 100)))
    const { page, read } = list(steep, { limit: 100 })
    expect(read).toBe(800)
    expect(page!.items.map(({ id }) => id)).toEqual(newestFirst(steep).slice(0, 100))
  })

  it('neither repeats nor skips an image while newer ones come in', () => {
    const first = list(many, { limit: 10 }).page!
    const more = [...many, idOf(200, 1), idOf(201, 2)]
    const second = list(more, { limit: 10, nextToken: first.nextToken }).page!
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(newestFirst(many).slice(0, 20))
  })

  it('is empty, and ends, where there are none', () => {
    expect(list([], {}).page).toEqual({ items: [], nextToken: null })
  })

  it('shows a guest nothing that is the owner\'s alone, and the owner everything', () => {
    expect(list([idOf(1, 1)], {}).page!.items).toMatchObject([{ fileName: null, sha256: null, failure: null }])
    const mine = { identity: { sub: OWNER, username: OWNER, claims: {} } }
    expect(list([idOf(1, 1)], {}, mine).page!.items).toMatchObject([{ fileName: 'photo.jpg' }])
  })

  it('fails as a whole when a shard does: a page with holes would look like one without', () => {
    const { stash } = pipeline.evaluate('request', givenContext({ args: {} }), GUEST)
    const error = { message: 'throttled', type: 'DynamoDB:ProvisionedThroughputExceededException' }
    expect(steps[2]!.evaluate('response', givenContext({ stash, error }), USER_POOL).error)
      .toMatchObject({ errorType: 'ServiceUnavailable' })
  })
})
