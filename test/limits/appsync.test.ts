import { buildSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocuments } from '../../local/appsync/graphql/documents.ts'
import * as limits from '../../local/appsync/limits.ts'
import { answers, startAppSync, type GivenAppSync } from '../local/appsync/given.ts'
import { connect } from '../local/appsync/realtime/client.ts'

let given: GivenAppSync
beforeAll(async () => {
  given = await startAppSync({
    sdl: 'type Query { a: String } type Mutation { go: String } type Subscription { on: String }',
    resolvers: { 'Query.a': { code: answers('"a"') } },
  })
})
afterAll(() => given.stop())

it('a request has MAX_REQUEST_BYTES and no more', async () => {
  const post = async (bytes: number) => {
    const frame = JSON.stringify({ query: '{ a }', filler: '' })
    return (await given.post(JSON.stringify({ query: '{ a }', filler: 'x'.repeat(bytes - frame.length) }))).status
  }
  expect(await post(limits.MAX_REQUEST_BYTES)).toBe(200)
  expect(await post(limits.MAX_REQUEST_BYTES + 1)).toBe(413)
})

it('DEFAULT_RESOLVER_COUNT_LIMIT resolvers run in a request and no more', async () => {
  const ask = async (count: number) => {
    const query = `{ ${Array.from({ length: count }, (_, index) => `a${index}: a`).join(' ')} }`
    const { data, errors } = await given.query(query)
    const answered = Object.values(data ?? {}).filter((value) => value === 'a').length
    return { answered, error: errors?.[0]?.errorType }
  }
  const most = limits.DEFAULT_RESOLVER_COUNT_LIMIT
  expect(await ask(most)).toEqual({ answered: most, error: undefined })
  expect(await ask(most + 1)).toEqual({ answered: most, error: 'ResolverExecutionLimitReached' })
}, 60_000)

describe('a real-time client', () => {
  it('may send a frame of MAX_CLIENT_FRAME_BYTES, and none that is larger', async () => {
    const client = await connect(given)
    client.send('x'.repeat(limits.MAX_CLIENT_FRAME_BYTES))
    expect((await client.nextOf('error')).type).toBe('error')
    client.send('x'.repeat(limits.MAX_CLIENT_FRAME_BYTES + 1))
    expect(await client.closed).toBe(1009)
  })
})

it('MAX_CACHED_DOCUMENTS documents are kept, the oldest gives way', () => {
  const documents = createDocuments(buildSchema('type Query { a: String }'), { introspection: true })
  const query = (index: number) => `{ a${index}: a }`
  const first = documents.check(query(0))
  for (let index = 1; index < limits.MAX_CACHED_DOCUMENTS; index += 1) documents.check(query(index))
  expect(documents.check(query(0))).toBe(first)
  documents.check(query(limits.MAX_CACHED_DOCUMENTS))
  expect(documents.check(query(0))).not.toBe(first)
})
