import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API_KEY, answers, type GivenAppSync, startAppSync } from './given.ts'

const SDL = /* GraphQL */ `
  enum Size {
    SMALL
    LARGE
  }
  input ThingInput {
    name: String!
    size: Size
    inner: ThingInput
    when: AWSDateTime
  }
  type Thing {
    id: ID!
    name: String
    size: Size
    thing: Thing
    things: [Thing!]
    when: AWSDateTime
    extra: AWSJSON
  }
  type Query {
    thing(id: ID!, size: Size): Thing
    make(input: ThingInput!): String
    broken: Thing!
    bare: Thing
  }
  type Mutation {
    set(name: String!): Thing
  }
`
let given: GivenAppSync
beforeAll(async () => {
  given = await startAppSync({
    sdl: SDL,
    resolvers: {
      'Query.thing': { code: answers('{ id: ctx.args.id, name: "n", extra: { a: 1 } }') },
      'Query.make': { code: answers('ctx.args.input.name') },
      'Query.broken': { code: answers('{ name: "no id" }') },
      'Query.bare': { code: answers('{ id: "1", when: "yesterday", size: "HUGE", things: [{ id: "2" }, {}] }') },
      'Mutation.set': { code: answers('{ id: "1", name: ctx.args.name }') },
    },
  })
})
afterAll(() => given.stop())

describe('bodies', () => {
  it.each([
    ['', 'Request body is empty.'],
    ['meow', 'Unable to parse GraphQL query.'],
    ['{}', 'Unable to parse GraphQL query.'],
    ['[]', 'Unable to parse GraphQL query.'],
    ['[{"query":"{ thing(id: 1) { id } }"}]', 'Unable to parse GraphQL query.'],
    ['{"query":"{ thing(id: 1) { id }"}', 'Unable to parse GraphQL query.'],
    ['{"query":"query A { bare { id } } query B { bare { id } }"}', 'Missing operation name.'],
    ['{"query":"{ bare { id } }","operationName":"C"}', "Unknown operation named 'C'."],
  ])('refuses %j with 400', async (body, message) => {
    const response = await given.post(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ errors: [{ errorType: 'MalformedHttpRequestException', message }] })
  })

  it('refuses a body over a mebibyte with 413, and takes one just below', async () => {
    const query = '{ thing(id: 1) { id } }'
    const fill = (size: number) => JSON.stringify({ query, filler: 'x'.repeat(size) })
    expect((await given.post(fill(1024 * 1024))).status).toBe(413)
    expect((await given.post(fill(1024 * 1024 - 100))).status).toBe(200)
  })

  it('runs the operation that is named', async () => {
    const response = await given.post({
      query: 'query A { bare { id } } query B { thing(id: "b") { id } }',
      operationName: 'B',
    })
    expect(await response.json()).toEqual({ data: { thing: { id: 'b' } } })
  })

  it('answers NotImplemented to a subscription over HTTP', async () => {
    const withSubscription = await startAppSync({ sdl: 'type Query { a: String } type Subscription { b: String }' })
    const response = await withSubscription.post({ query: 'subscription { b }' })
    expect([response.status, ((await response.json()) as { errors: unknown[] }).errors[0]]).toMatchObject([
      501,
      { errorType: 'NotImplemented' },
    ])
    await withSubscription.stop()
  })
})

describe('methods, paths and CORS', () => {
  it('refuses GET', async () => {
    expect((await fetch(`${given.endpoint}?query={bare{id}}`, { headers: { 'x-api-key': API_KEY } })).status).toBe(405)
  })

  it('answers a preflight request with the headers that clients send', async () => {
    const response = await fetch(given.endpoint, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const allowed = response.headers.get('access-control-allow-headers')?.split(',')
    expect(allowed).toEqual(
      expect.arrayContaining([
        'authorization',
        'content-type',
        'x-api-key',
        'x-amz-user-agent',
        'x-amz-date',
        'x-amz-security-token',
      ]),
    )
  })

  it('lets any origin read errors too', async () => {
    expect((await given.post('meow')).headers.get('access-control-allow-origin')).toBe('*')
    expect((await given.post('{}', {})).headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('who gets in', () => {
  const body = { query: '{ bare { id } }' }
  const refusal = async (headers: Record<string, string>) => {
    const response = await given.post(body, headers)
    return [response.status, ((await response.json()) as { errors: { errorType: string }[] }).errors[0]?.errorType]
  }

  it('refuses nobody in particular, a wrong key, and what is no token', async () => {
    expect(await refusal({})).toEqual([401, 'UnauthorizedException'])
    expect(await refusal({ 'x-api-key': 'da2-wrong' })).toEqual([401, 'UnauthorizedException'])
    expect(await refusal({ authorization: 'not.a.token' })).toEqual([401, 'UnauthorizedException'])
    expect(await refusal({ authorization: `Bearer ${await given.token()}` })).toEqual([401, 'UnauthorizedException'])
  })

  it("refuses a forged token, another pool's and an expired one", async () => {
    const { privateKey } = await generateKeyPair('RS256')
    expect(await refusal({ authorization: await given.token({}, privateKey) })).toEqual([401, 'UnauthorizedException'])
    expect(
      await refusal({
        authorization: await given.token({ iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other' }),
      }),
    ).toEqual([401, 'UnauthorizedException'])
    const nowSeconds = Math.floor(given.clock.now() / 1000)
    expect(await refusal({ authorization: await given.token({ exp: nowSeconds - 1 }) })).toEqual([
      401,
      'UnauthorizedException',
    ])
  })

  it('takes a key until it expires', async () => {
    const expiring = await startAppSync({
      sdl: 'type Query { a: String }',
      apiKeyExpiresEpochSeconds: Math.floor(Date.now() / 1000) + 60,
    })
    expect((await expiring.post({ query: '{ a }' })).status).toBe(200)
    expiring.clock.advance(61_000)
    expect((await expiring.post({ query: '{ a }' })).status).toBe(401)
    await expiring.stop()
  })
})

describe('validation', () => {
  const only = async (query: string, variables?: Record<string, unknown>) => {
    const response = await given.post({ query, variables })
    const { data, errors } = (await response.json()) as {
      data: unknown
      errors: { message: string; path: unknown; locations: unknown }[]
    }
    expect([response.status, data, errors.length, errors[0]?.path]).toEqual([200, null, 1, null])
    return errors[0]
  }

  it('answers 200 with data null, a null path and a location with a null source', async () => {
    expect(await only('{badfield}')).toEqual({
      path: null,
      locations: [{ line: 1, column: 2, sourceName: null }],
      message: "Validation error of type FieldUndefined: Field 'badfield' in type 'Query' is undefined @ 'badfield'",
    })
  })

  it.each([
    ['{ thing(id: 1) }', "SubSelectionRequired: Sub selection required for type Thing of field thing @ 'thing'"],
    [
      '{ thing(id: 1) { id { a } } }',
      "SubSelectionNotAllowed: Sub selection not allowed on leaf type ID! of field id @ 'thing/id'",
    ],
    ['{ thing { id } }', "MissingFieldArgument: Missing field argument id @ 'thing'"],
    ['{ thing(id: 1, nope: 2) { id } }', "UnknownArgument: Unknown field argument nope @ 'thing'"],
    [
      '{ thing(id: 1, size: "SMALL") { id } }',
      "WrongType: argument 'size' with value 'StringValue{value='SMALL'}' is not a valid 'Size' @ 'thing'",
    ],
    [
      '{ make(input: { size: SMALL }) }',
      "WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='size', " +
        "value=EnumValue{name='SMALL'}}]}' is missing required fields '[name]' @ 'make'",
    ],
    [
      '{ make(input: { name: 5 }) }',
      "WrongType: argument 'input.name' with value 'IntValue{value=5}' is not a valid 'String' @ 'make'",
    ],
    ['query ($a: Nope) { thing(id: $a) { id } }', 'UnknownType: Unknown type Nope'],
    [
      'query ($a: String!) { thing(id: $a) { id } }',
      "VariableTypeMismatch: Variable type 'String!' doesn't match expected type 'ID!' @ 'thing'",
    ],
    ['query ($a: ID) { bare { id } }', 'UnusedVariable: Unused variable a'],
    ['{ thing(id: $a) { id } }', "UndefinedVariable: Undefined variable a @ 'thing'"],
    ['{ thing(id: 1) { ...F } }', "UndefinedFragment: Undefined fragment F @ 'thing'"],
    ['{ bare @nope { id } }', "UnknownDirective: Unknown directive nope @ 'bare'"],
  ])('words %s as AppSync does', async (query, message) => {
    expect((await only(query))?.message).toBe(`Validation error of type ${message}`)
  })

  it('names the variable whose required value is missing, however deep', async () => {
    const query = 'query ($input: ThingInput!) { make(input: $input) }'
    expect((await only(query))?.message).toBe("Variable 'input' has coerced Null value for NonNull type 'ThingInput!'")
    expect((await only(query, { input: { name: 'a', inner: {} } }))?.message).toBe(
      "Variable 'input' has coerced Null value for NonNull type 'String!'",
    )
    expect(await only(query, { input: { name: 'a', nope: 1 } })).toMatchObject({
      locations: null,
      message: expect.stringContaining("not defined for input object type 'ThingInput'"),
    })
    expect((await only(query, { input: { name: 'a', when: 'soon' } }))?.message).toMatch(
      /^Variable 'input' has an invalid value\./,
    )
  })
})

describe('answers', () => {
  it('writes AWSJSON as text', async () => {
    expect(await given.query('{ thing(id: 1) { extra } }')).toEqual({ data: { thing: { extra: '{"a":1}' } } })
  })

  it('lets the null of a non-null field rise, and says where it was', async () => {
    expect(await given.query('{ broken { id name } }')).toEqual({
      data: null,
      errors: [
        {
          path: ['broken', 'id'],
          locations: null,
          message: "Cannot return null for non-nullable type: 'ID' within parent 'Thing' (/broken/id)",
        },
      ],
    })
    expect((await given.query('{ bare { things { id } } }')).errors?.[0]?.message).toBe(
      "Cannot return null for non-nullable type: 'ID' within parent 'Thing' (/bare/things[1]/id)",
    )
  })

  it('refuses to write values that their type does not have', async () => {
    const { data, errors } = await given.query('{ bare { id when size } }')
    expect(data).toEqual({ bare: { id: '1', when: null, size: null } })
    expect(errors?.map((error) => error.message)).toEqual([
      "Can't serialize value (/bare/when) : Unable to serialize `yesterday` as a valid DateTime Object.",
      expect.stringMatching(/^Can't serialize value \(\/bare\/size\) :/),
    ])
  })

  it('runs the root fields of a mutation in order', async () => {
    expect(await given.query('mutation { a: set(name: "1") { name } b: set(name: "2") { name } }')).toEqual({
      data: { a: { name: '1' }, b: { name: '2' } },
    })
  })
})

describe('introspection and limits', () => {
  it('tells its schema, unless introspection is disabled', async () => {
    expect(await given.query('{ __schema { queryType { name } } }')).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    })
    const closed = await startAppSync({ sdl: SDL, api: { IntrospectionConfig: 'DISABLED' } })
    expect((await closed.query('{ __schema { queryType { name } } }')).errors?.[0]?.message).toMatch(
      /^Validation error of type FieldUndefined: Field '__schema'/,
    )
    expect(await closed.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } })
    await closed.stop()
  })

  it('ends fields below the depth limit with QueryDepthLimitReached and keeps the rest', async () => {
    const shallow = await startAppSync({
      sdl: SDL,
      api: { QueryDepthLimit: 2 },
      resolvers: { 'Query.bare': { code: answers('{ id: "1", thing: { id: "2" } }') } },
    })
    expect(await shallow.query('{ bare { id } }')).toEqual({ data: { bare: { id: '1' } } })
    const { data, errors } = await shallow.query('{ bare { id thing { id } } }')
    expect([data, errors?.[0]?.errorType]).toEqual([{ bare: { id: '1', thing: null } }, 'QueryDepthLimitReached'])
    await shallow.stop()
  })

  it('ends resolvers beyond the count limit with ResolverExecutionLimitReached', async () => {
    const few = await startAppSync({
      sdl: SDL,
      api: { ResolverCountLimit: 1 },
      resolvers: { 'Query.bare': { code: answers('{ id: "1" }') } },
    })
    const { data, errors } = await few.query('{ a: bare { id } b: bare { id } }')
    expect([data, errors?.[0]?.errorType]).toEqual([{ a: { id: '1' }, b: null }, 'ResolverExecutionLimitReached'])
    await few.stop()
  })
})
