import { Amplify } from 'aws-amplify'
import { generateClient } from 'aws-amplify/api'
import { Hub } from 'aws-amplify/utils'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API_KEY, answers, type GivenAppSync, REGION, startAppSync, USER_POOL_ID } from './given.ts'
import { messageQueue } from './realtime/client.ts'

const SDL = /* GraphQL */ `
  type Thing @aws_api_key @aws_cognito_user_pools @aws_iam {
    id: ID!
    owner: String
  }
  type Query @aws_api_key @aws_cognito_user_pools @aws_iam {
    thing(id: ID!): Thing
  }
  type Mutation @aws_api_key @aws_cognito_user_pools @aws_iam {
    set(id: ID!): Thing
  }
  type Subscription @aws_api_key @aws_cognito_user_pools @aws_iam {
    onSet(id: ID): Thing @aws_subscribe(mutations: ["set"])
  }
`
/** What the client's subscriptions are, in the part that is used here. */
interface EventStream {
  subscribe(observer: { next(message: { data: unknown }): void; error(error: unknown): void }): { unsubscribe(): void }
}
type AuthMode = 'apiKey' | 'userPool' | 'iam'
let given: GivenAppSync
let token = ''

beforeAll(async () => {
  Object.assign(globalThis, { WebSocket })
  given = await startAppSync({
    sdl: SDL,
    resolvers: {
      'Query.thing': { code: answers('{ id: ctx.args.id, owner: ctx.identity ? ctx.identity.sub : "guest" }') },
      'Mutation.set': { code: answers('{ id: ctx.args.id, owner: ctx.identity ? ctx.identity.sub : "guest" }') },
    },
  })
  token = await given.token()
  const credentials = given.credentials.credentialsFor({ kind: 'operator', arn: 'arn:aws:iam::123456789012:user/me' })
  Amplify.configure(
    {
      // The upper-case scheme keeps Amplify from turning http into wss.
      API: {
        GraphQL: {
          endpoint: given.endpoint.replace('http', 'HTTP'),
          region: REGION,
          defaultAuthMode: 'apiKey',
          apiKey: API_KEY,
        },
      },
      Auth: {
        Cognito: {
          userPoolId: USER_POOL_ID,
          userPoolClientId: '0123456789abcdefghijklmnop',
          identityPoolId: `${REGION}:00000000-0000-4000-8000-000000000000`,
        },
      },
    },
    {
      Auth: {
        tokenProvider: { getTokens: () => Promise.resolve({ accessToken: { toString: () => token, payload: {} } }) },
        credentialsProvider: {
          getCredentialsAndIdentityId: () => Promise.resolve({ credentials }),
          clearCredentialsAndIdentityId: () => undefined,
        },
      },
    },
  )
})
afterAll(() => given.stop())

const client = generateClient()

// First, as the clients that follow share the connection that they open.
describe('the unmodified aws-amplify client with a wrong key', () => {
  it('hears at once that it may not connect', async () => {
    const events = messageQueue<unknown>()
    const stream = client.graphql({
      query: 'subscription { onSet { id } }',
      authMode: 'apiKey',
      apiKey: 'da2-wrong',
    }) as unknown as EventStream
    stream.subscribe({ next: (event) => events.push(event), error: (error: unknown) => events.push(error) })
    expect(JSON.stringify(await events.next())).toMatch(/UnauthorizedException/)
  })
})

describe.each(['apiKey', 'userPool', 'iam'] as AuthMode[])('the unmodified aws-amplify client by %s', (authMode) => {
  const owner = { apiKey: 'guest', userPool: 'user-1', iam: null }[authMode]

  it('queries and mutates', async () => {
    expect(
      await client.graphql({
        query: 'query ($id: ID!) { thing(id: $id) { id owner } }',
        variables: { id: '1' },
        authMode,
      }),
    ).toMatchObject({ data: { thing: { id: '1', owner } } })
    expect(await client.graphql({ query: 'mutation { set(id: "2") { id owner } }', authMode })).toMatchObject({
      data: { set: { id: '2' } },
    })
  })

  it('subscribes', async () => {
    const events = messageQueue<unknown>()
    const stream = client.graphql({
      query: 'subscription { onSet(id: "mine") { id } }',
      authMode,
    }) as unknown as EventStream
    const established = new Promise<void>((resolve) => {
      const stopListening = Hub.listen('api', ({ payload }) => {
        if (payload.message !== 'Connection established for subscription') return
        stopListening()
        resolve()
      })
    })
    const subscription = stream.subscribe({
      next: ({ data }) => events.push(data),
      error: (error: unknown) => events.push(error),
    })
    await established
    await client.graphql({ query: 'mutation { a: set(id: "other") { id } b: set(id: "mine") { id } }' })
    expect(await events.next()).toEqual({ onSet: { id: 'mine' } })
    subscription.unsubscribe()
  })
})
