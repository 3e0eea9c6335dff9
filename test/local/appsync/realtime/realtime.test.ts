import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../../local/aws/caller.ts'
import { ACCOUNT_ID, API_ID, API_KEY, answers, type GivenAppSync, REGION, role, startAppSync } from '../given.ts'
import { connect, type Message } from './client.ts'

const SDL = /* GraphQL */ `
  type Thing @aws_api_key @aws_cognito_user_pools @aws_iam {
    id: ID!
    owner: String
    name: String
    text: String
    secret: String @aws_iam
    when: AWSDateTime
    must: String!
    nested: Nested
  }
  type Nested @aws_api_key @aws_cognito_user_pools @aws_iam {
    a: String
    b: String
  }
  type Query {
    a: String
  }
  type Mutation @aws_api_key @aws_cognito_user_pools @aws_iam {
    set(id: ID!, owner: String, name: String, must: String, text: String): Thing
    fail: Thing
    invalidate(owner: String): Thing
  }
  type Subscription @aws_api_key @aws_cognito_user_pools @aws_iam {
    onSet(id: ID, owner: String): Thing @aws_subscribe(mutations: ["set", "fail"])
    onMine(id: ID): Thing @aws_subscribe(mutations: ["set"])
    onRefused: Thing @aws_subscribe(mutations: ["set"])
    onUserOnly: Thing @aws_subscribe(mutations: ["set"]) @aws_cognito_user_pools
  }
`
const handlers = (response: string) => `import { util, extensions } from '@aws-appsync/utils'
  export function request(ctx) { return { payload: null } }
  export function response(ctx) { ${response} }`

let given: GivenAppSync
beforeAll(async () => {
  given = await startAppSync({
    sdl: SDL,
    resolvers: {
      'Mutation.set': {
        code: answers('{ ...ctx.args, must: ctx.args.must ?? "m", secret: "s", nested: { a: "a", b: "b" } }'),
      },
      'Mutation.fail': { code: handlers('util.error("no", "No")') },
      'Mutation.invalidate': {
        code: handlers(
          `extensions.invalidateSubscriptions({ subscriptionField: 'onMine', payload: { owner: ctx.args.owner } })
          return { id: '1', must: 'm' }`,
        ),
      },
      'Subscription.onMine': {
        code: handlers(`
      const owner = ctx.identity ? ctx.identity.sub : 'guest'
      const filter = { owner: { eq: owner }, 'nested.a': { eq: 'a' } }
      extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter))
      extensions.setSubscriptionInvalidationFilter(util.transform.toSubscriptionFilter({ owner: { eq: owner } }))
      return null`),
      },
      'Subscription.onRefused': { code: handlers('util.error("not today", "Closed")') },
    },
  })
})
afterAll(() => given.stop())

const set = (args: string, selection = 'id owner name must nested { a b }', headers?: Record<string, string>) =>
  given.query(`mutation { set(${args}) { ${selection} } }`, {}, headers)
const setText = (id: string, characters: number) =>
  given.query('mutation ($id: ID!, $text: String) { set(id: $id, text: $text) { id text } }', {
    id,
    text: 'x'.repeat(characters),
  })
const dataOf = (message: Message) => (message.payload as { data: Record<string, unknown> }).data
const errorsOf = (message: Message) =>
  (message.payload as { errors: { errorType?: string; message: string; errorCode?: number }[] }).errors
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')

describe('the handshake', () => {
  it('takes the header in a subprotocol, and selects graphql-ws', async () => {
    const client = await connect(given)
    expect(client.socket.protocol).toBe('graphql-ws')
    client.socket.close()
  })

  it('takes the header in the query, as older clients send it', async () => {
    const { host } = new URL(given.endpoint)
    const url = `${given.endpoint.replace('http', 'ws')}/realtime?header=${encodeURIComponent(
      base64({ host, 'x-api-key': API_KEY }),
    )}&payload=e30=`
    const client = await connect(given, { url, protocols: ['graphql-ws'] })
    expect((await client.start('a', 'subscription { onSet { id } }')).type).toBe('start_ack')
    client.socket.close()
  })

  it.each([
    ['without subprotocol', { protocols: [] }, { message: 'NoProtocolError', errorCode: 400 }],
    ['without a header', { protocols: ['graphql-ws'] }, { message: 'Required headers are missing.', errorCode: 400 }],
    [
      'with a wrong key',
      { header: { 'x-api-key': 'da2-wrong' } },
      { errorType: 'UnauthorizedException', errorCode: 401 },
    ],
    [
      'with a forged token',
      { header: { Authorization: 'a.b.c' } },
      { errorType: 'UnauthorizedException', errorCode: 401 },
    ],
  ])('%s is refused by connection_error, and the connection ends', async (_case, options, error) => {
    const client = await connect(given, { ...options, init: false })
    const message = await client.next()
    expect([message.type, errorsOf(message)[0]]).toEqual(['connection_error', expect.objectContaining(error)])
    client.send({ type: 'connection_init' })
    expect(await client.closed).toBe(1008)
    expect(given.logs.some((line) => line.startsWith('warn A real-time connection was refused'))).toBe(true)
  })

  it('answers 404 on other paths', async () => {
    await expect(connect(given, { url: `${given.origin.replace('http', 'ws')}/elsewhere` })).rejects.toThrow('404')
  })
})

describe('a subscription', () => {
  it('gets what the mutation selected, cut to its own selection and under its own names', async () => {
    const client = await connect(given)
    expect((await client.start('a', 'subscription { onSet { mine: id name nested { a } when } }')).type).toBe(
      'start_ack',
    )
    await set('id: "1", name: "n"', 'other: id name must nested { a b }')
    expect(dataOf(await client.nextOf('data'))).toEqual({
      onSet: { mine: '1', name: 'n', nested: { a: 'a' }, when: null },
    })
    client.socket.close()
  })

  it("gets its event under the field's own name, whatever alias it gave the field", async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { mine: onSet { id } }')
    await set('id: "1"', 'id must')
    expect(dataOf(await client.nextOf('data'))).toEqual({ onSet: { id: '1' } })
    client.socket.close()
  })

  it('gets null with an error when the mutation did not select a non-null field', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onSet { id must } }')
    await set('id: "1"', 'id')
    expect((await client.nextOf('data')).payload).toMatchObject({
      data: { onSet: null },
      errors: [{ message: "Cannot return null for non-nullable type: 'String' within parent 'Thing' (/onSet/must)" }],
    })
    client.socket.close()
  })

  it('hears nothing of failed mutations, and nothing after stop', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onSet { id } }')
    await client.start('b', 'subscription { onSet { id } }')
    await given.query('mutation { fail { id } }')
    client.send({ type: 'stop', id: 'a' })
    expect(await client.nextOf('complete')).toEqual({ type: 'complete', id: 'a' })
    await set('id: "after"')
    expect([(await client.nextOf('data')).id]).toEqual(['b'])
    client.socket.close()
  })

  it('with arguments hears of events whose fields have their values', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription ($id: ID) { onSet(id: $id) { id } }', { variables: { id: '2' } })
    await client.start('all', 'subscription ($id: ID) { onSet(id: $id) { id } }')
    await set('id: "1"')
    await set('id: "2"')
    const heard = [await client.nextOf('data'), await client.nextOf('data'), await client.nextOf('data')]
    expect(heard.map((message) => [message.id, dataOf(message).onSet])).toEqual([
      ['all', { id: '1' }],
      ['a', { id: '2' }],
      ['all', { id: '2' }],
    ])
    client.socket.close()
  })

  it('with arguments that the mutation does not select hears nothing', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onSet(owner: "o") { id } }')
    await set('id: "unseen", owner: "o"', 'id must')
    await set('id: "seen", owner: "o"')
    expect(dataOf(await client.nextOf('data'))).toEqual({ onSet: { id: 'seen' } })
    client.socket.close()
  })

  it('hears what the filter of its resolver lets through, whoever is asked for in arguments', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onMine(id: "other") { id owner } }', {
      authorization: { Authorization: await given.token({ sub: 'ada' }) },
    })
    await set('id: "1", owner: "eve"')
    await set('id: "2", owner: "ada"')
    expect(dataOf(await client.nextOf('data'))).toEqual({ onMine: { id: '2', owner: 'ada' } })
    client.socket.close()
  })

  it('is ended by an invalidation that its filter matches', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onMine { id } }')
    await given.query('mutation { invalidate(owner: "nobody") { id } }')
    await given.query('mutation { invalidate(owner: "guest") { id } }')
    expect(await client.nextOf('complete')).toEqual({ type: 'complete', id: 'a' })
    client.socket.close()
  })

  it('is left alone by a request that invalidates more than five times', async () => {
    const call = 'extensions.invalidateSubscriptions({ subscriptionField: "onMine", payload: { owner: "guest" } });'
    const answer = async (calls: number) => {
      const one = await startAppSync({
        sdl: 'type Query { a: String } type Mutation { go: String }',
        resolvers: { 'Mutation.go': { code: handlers(`${call.repeat(calls)} return 'gone'`) } },
      })
      const { data, errors } = await one.query('mutation { go }')
      await one.stop()
      return [data, errors?.[0]?.errorType]
    }
    expect(await answer(5)).toEqual([{ go: 'gone' }, undefined])
    expect(await answer(6)).toEqual([{ go: null }, 'BadRequestException'])
  })

  it('gets an event of 240 KiB, and none that is larger', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onSet { text } }')
    const overhead = JSON.stringify({ data: { onSet: { text: '' } } }).length
    await setText('1', 240 * 1024 - overhead + 1)
    await setText('1', 240 * 1024 - overhead)
    expect(String((dataOf(await client.nextOf('data')).onSet as { text: string }).text)).toHaveLength(
      240 * 1024 - overhead,
    )
    expect(given.logs).toContainEqual(
      expect.stringMatching(/^error An event of onSet was dropped: expected at most 245760 bytes, received 245761/),
    )
    client.socket.close()
  })
})

describe('start is refused', () => {
  it.each([
    ['by the resolver', 'subscription { onRefused { id } }', { errorType: 'Closed', message: 'not today' }],
    [
      'for a field of another mode',
      'subscription { onUserOnly { id } }',
      { errorType: 'Unauthorized', message: 'Not Authorized to access onUserOnly on type Subscription' },
    ],
    [
      'for an unknown field',
      'subscription { onSet { nope } }',
      { message: "Validation error of type FieldUndefined: Field 'nope' in type 'Thing' is undefined @ 'onSet/nope'" },
    ],
    [
      'for a query',
      '{ a }',
      { errorType: 'UnsupportedOperation', message: 'query not supported through the realtime channel' },
    ],
    [
      'for a missing variable',
      'subscription ($id: ID!) { onSet(id: $id) { id } }',
      { message: "Variable 'id' has coerced Null value for NonNull type 'ID!'" },
    ],
  ])('%s', async (_case, query, error) => {
    const client = await connect(given)
    expect(await client.start('a', query)).toEqual({ type: 'error', id: 'a', payload: { errors: [error] } })
    client.socket.close()
  })

  it('without good credentials of its own, whoever connected', async () => {
    const client = await connect(given)
    const answer = await client.start('a', 'subscription { onSet { id } }', {
      authorization: { 'x-api-key': 'da2-wrong' },
    })
    expect([answer.type, errorsOf(answer)[0]?.errorType]).toEqual(['error', 'UnauthorizedException'])
    client.socket.close()
  })
})

describe('each subscriber', () => {
  it('sees the fields that its own mode may see', async () => {
    const client = await connect(given)
    await client.start('a', 'subscription { onSet { id secret } }')
    const caller = role('BackEnd', { Action: 'appsync:GraphQL', Resource: '*' })
    await set(
      'id: "1"',
      'id secret',
      await sign(
        '/graphql',
        JSON.stringify({ query: 'mutation { set(id: "1") { id secret } }', variables: {} }),
        caller,
      ),
    )
    expect((await client.nextOf('data')).payload).toMatchObject({
      data: { onSet: { id: '1', secret: null } },
      errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access secret on type Thing' }],
    })
    client.socket.close()
  })

  it('may be an IAM role, whose policy covers the field', async () => {
    const caller = role('Listener', {
      Action: 'appsync:GraphQL',
      Resource: `arn:aws:appsync:${REGION}:${ACCOUNT_ID}:apis/${API_ID}/types/Subscription/fields/onSet`,
    })
    const client = await connect(given, { header: await sign('/graphql/connect', '{}', caller) })
    const start = async (query: string) =>
      client.start(query, query, {
        authorization: await sign('/graphql', JSON.stringify({ query, variables: {} }), caller),
      })
    expect((await start('subscription { onSet { id secret } }')).type).toBe('start_ack')
    expect(errorsOf(await start('subscription { onMine { id } }'))[0]?.errorType).toBe('Unauthorized')
    const unsigned = await client.start('x', 'subscription { onSet { id } }', {
      authorization: await sign('/graphql', '{}', caller),
    })
    expect(errorsOf(unsigned)[0]?.errorType).toBe('InvalidSignatureException')
    await set('id: "1"', 'id must')
    expect(dataOf(await client.nextOf('data'))).toEqual({ onSet: { id: '1', secret: null } })
    client.socket.close()
  })

  it('that does not read is cut off, and holds nobody up', async () => {
    const slow = await connect(given)
    const quick = await connect(given)
    await slow.start('a', 'subscription { onSet { text } }')
    await quick.start('a', 'subscription { onSet { id } }')
    slow.socket.pause()
    const isCut = () => given.logs.some((line) => line.startsWith('warn A slow real-time client was cut off'))
    for (let count = 0; count < 200 && !isCut(); count += 1) {
      await setText(String(count), 240_000)
      expect(dataOf(await quick.nextOf('data'))).toEqual({ onSet: { id: String(count) } })
    }
    expect(isCut()).toBe(true)
    slow.socket.terminate()
    quick.socket.close()
  })

  it('that sends a frame over the limit is cut off', async () => {
    const client = await connect(given)
    client.send('x'.repeat(240 * 1024 + 1))
    expect(await client.closed).toBe(1009)
  })
})

/** Headers of a signed POST with this body. */
async function sign(
  path: string,
  body: string,
  caller: Extract<Caller, { kind: 'role' }>,
): Promise<Record<string, string>> {
  const url = new URL(given.endpoint)
  const signer = new SignatureV4({
    credentials: given.credentials.credentialsFor(caller),
    region: REGION,
    service: 'appsync',
    sha256: Sha256,
  })
  const { headers } = await signer.sign(
    new HttpRequest({
      method: 'POST',
      hostname: url.hostname,
      port: Number(url.port),
      path,
      body,
      headers: { host: url.host, 'content-type': 'application/json' },
    }),
  )
  return headers
}
