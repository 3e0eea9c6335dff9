import { beforeAll, describe, expect, it } from 'vitest'
import { EXCEPTIONS } from './exceptions.ts'
import { as, ask, asGuest, post, type WireError } from './given/graphql.ts'
import { requestUpload } from './given/uploads.ts'
import { givenPerson, givenTarget } from './given/target.ts'
import type { Person } from './target/people.ts'

/** Largest value of GraphQL's Int, and one more: no Int. Source: GraphQL specification, section 3.5.1. */
const BEYOND_INT = 2_147_483_648

const IMAGE = 'query ($id: ID!) { image(id: $id) { id } }'
const REQUEST = 'mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { image { id } } }'

let owner: Person
beforeAll(async () => {
  owner = await givenPerson('http')
})

describe('a body that is no GraphQL request', () => {
  it.each([
    ['empty', ''],
    ['not JSON', 'meow'],
    ['a list of requests', '[{"query":"{ __typename }"}]'],
    ['without a query', '{}'],
    ['unparsable GraphQL', '{"query":"{ images { "}'],
  ])('is refused with 400 and MalformedHttpRequestException: %s', async (_, body) => {
    const response = await post(as(owner), body)
    expect(response.status).toBe(400)
    const answer = (await response.json()) as { data?: unknown; errors: WireError[] }
    expect(answer.data ?? null).toBeNull()
    expect(answer.errors).toMatchObject([{ errorType: 'MalformedHttpRequestException', message: expect.any(String) }])
  })
})

describe('a query that the schema does not allow', () => {
  it.each([
    ['an unknown field', '{ images { items { shoeSize } } }', {}, 'FieldUndefined'],
    ['an unknown root field', '{ shoes }', {}, 'FieldUndefined'],
    ['an unknown argument', '{ images(shoes: 1) { nextToken } }', {}, 'UnknownArgument'],
    ['a missing argument', '{ image { id } }', {}, 'MissingFieldArgument'],
    ['a missing selection', '{ images }', {}, 'SubSelectionRequired'],
    ['a value that is not in the enum', '{ images(status: LOST) { nextToken } }', {}, 'WrongType'],
    ['a variable of another type', 'query ($id: Int!) { image(id: $id) { id } }', { id: 1 }, 'VariableTypeMismatch'],
  ])('is answered with 200, null data and the rule it breaks: %s', async (_, query, variables, rule) => {
    const { status, data, errors } = await ask(as(owner), query, variables)
    expect([status, data, errors.length]).toEqual([200, null, 1])
    expect(errors[0]).toMatchObject({ message: expect.stringContaining(`Validation error of type ${rule}`) })
    expect(errors[0]!.locations).toMatchObject([{ line: 1, column: expect.any(Number) }])
    expect(errors[0]).not.toHaveProperty('extensions')
  })

  const input = { fileName: 'photo', contentType: 'image/png', byteSize: 1 }
  it.each([
    ['no value for a variable that must have one', IMAGE, {}],
    ['null for it', IMAGE, { id: null }],
    ['an input without a required field', REQUEST, { input: { ...input, fileName: undefined } }],
    ['an input with an unknown field', REQUEST, { input: { ...input, shoeSize: 43 } }],
    ['an Int beyond 32 bits', REQUEST, { input: { ...input, byteSize: BEYOND_INT } }],
    ['a fraction for an Int', REQUEST, { input: { ...input, byteSize: 1.5 } }],
  ])('is answered with 200, null data and one error: %s', async (_, query, variables) => {
    const { status, data, errors } = await ask(as(owner), query, variables)
    expect([status, data, errors.length]).toEqual([200, null, 1])
  })
})

describe('errors of fields', () => {
  it('carry errorType, errorInfo, data, path and locations at the top, and nothing under extensions', async () => {
    const { status, data, errors } = await ask(as(owner), '{ a: images(limit: 0) { nextToken } }')
    expect([status, data]).toEqual([200, null])
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ path: ['a'], errorType: 'InvalidLimit', errorInfo: null, data: null })
    expect(errors[0]!.locations).toMatchObject([{ line: 1, column: expect.any(Number) }])
    expect(errors[0]).not.toHaveProperty('extensions')
  })

  it('leave the other fields alone', async () => {
    const query = '{ good: image(id: "nobody") { id } same: image(id: "nobody") { id } __typename }'
    expect(await ask(as(owner), query)).toEqual({
      status: 200, data: { good: null, same: null, __typename: 'Query' }, errors: [],
    })
  })

  it('of a non-null field raise the null to the next field that may be null', async () => {
    const { image } = await requestUpload(owner, { fileName: 'photo', contentType: 'image/png', byteSize: 1 })
    const query = 'query ($id: ID!) { image(id: $id) { id mediaKey } __typename }'
    const { status, data, errors } = await ask(as(owner), query, { id: image.id })
    expect([status, data]).toEqual([200, { image: null, __typename: 'Query' }])
    expect(errors).toContainEqual(expect.objectContaining({ errorType: 'Unauthorized', path: ['image', 'mediaKey'] }))
  })
})

describe('one request of several operations', () => {
  it('runs the one that is named', async () => {
    const query = 'query A { __typename } query B { image(id: "nobody") { id } }'
    const response = await post(as(owner), { query, operationName: 'B' })
    expect([response.status, await response.json()]).toEqual([200, { data: { image: null } }])
  })
})

describe('introspection', () => {
  it('tells the schema, descriptions included', async () => {
    const query = '{ __schema { subscriptionType { fields { name } } } __type(name: "Image") { description } }'
    expect((await ask(asGuest(), query)).data).toEqual({
      __schema: { subscriptionType: { fields: [{ name: 'onImageProcessed' }, { name: 'onImageChanged' }] } },
      __type: { description: expect.stringContaining('photo') },
    })
  })
})

describe('browsers', () => {
  const origin = 'https://gallery.example'

  it('learn from the preflight that any page may send what the clients send', async () => {
    const headers = [
      'authorization', 'content-type', 'x-api-key', 'x-amz-user-agent', 'x-amz-date', 'x-amz-security-token',
    ]
    const response = await fetch(givenTarget().outputs.data.url, {
      method: 'OPTIONS',
      headers: {
        origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers.join(','),
      },
    })
    expect(response.ok).toBe(true)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
    const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase().split(/,\s*/)
    expect(allowed).toEqual(expect.arrayContaining(headers))
  })

  it.each([['an answer', { query: '{ __typename }' }], ['a refusal', 'meow']])('may read %s', async (_, body) => {
    const response = await post({ ...as(owner), origin }, body)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe(`encryption on the way: ${EXCEPTIONS.transport.held}`, () => {
  it('is what every address of a deployment promises', () => {
    const { kind, outputs } = givenTarget()
    for (const address of [outputs.data.url, outputs.custom.mediaBaseUrl]) {
      expect(new URL(address).protocol).toBe(kind === 'aws' ? 'https:' : 'http:')
    }
  })
})
