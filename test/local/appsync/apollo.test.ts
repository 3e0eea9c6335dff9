import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API_KEY, answers, type GivenAppSync, REGION, startAppSync } from './given.ts'
import { messageQueue } from './realtime/client.ts'

const SDL = /* GraphQL */ `
  type Thing @aws_api_key @aws_cognito_user_pools {
    id: ID!
  }
  type Query @aws_api_key @aws_cognito_user_pools {
    thing(id: ID!): Thing
  }
  type Mutation @aws_api_key @aws_cognito_user_pools {
    set(id: ID!): Thing
  }
  type Subscription @aws_api_key @aws_cognito_user_pools {
    onSet: Thing @aws_subscribe(mutations: ["set"])
    onStart: Thing
  }
`
let given: GivenAppSync
beforeAll(async () => {
  Object.assign(globalThis, { WebSocket })
  given = await startAppSync({
    sdl: SDL,
    resolvers: {
      'Query.thing': { code: answers('{ id: ctx.args.id }') },
      'Mutation.set': { code: answers('{ id: ctx.args.id }') },
    },
  })
})
afterAll(() => given.stop())

describe.each(['API_KEY', 'AMAZON_COGNITO_USER_POOLS'] as const)(
  '@apollo/client with aws-appsync-subscription-link by %s',
  (type) => {
    it('queries, mutates and subscribes', async () => {
      const url = given.endpoint.replace('http', 'HTTP')
      const auth =
        type === 'API_KEY' ? ({ type, apiKey: API_KEY } as const) : ({ type, jwtToken: () => given.token() } as const)
      const config = { url, region: REGION, auth }
      const headers: Record<string, string> =
        type === 'API_KEY' ? { 'x-api-key': API_KEY } : { authorization: await given.token() }
      const client = new ApolloClient({
        link: createSubscriptionHandshakeLink(config, new HttpLink({ uri: url, headers })),
        cache: new InMemoryCache(),
      })
      expect(
        (
          await client.query({
            query: gql`
              query {
                thing(id: "1") {
                  id
                }
              }
            `,
          })
        ).data,
      ).toMatchObject({ thing: { id: '1' } })

      const acknowledged = given.started('onSet')
      const events = messageQueue<unknown>()
      const subscription = client
        .subscribe({
          query: gql`
            subscription {
              onSet {
                id
              }
            }
          `,
        })
        .subscribe({
          next: ({ data }) => events.push(data),
          error: (error: unknown) => events.push(error),
        })
      await acknowledged
      await client.mutate({
        mutation: gql`
          mutation {
            set(id: "2") {
              id
            }
          }
        `,
      })
      expect(await events.next()).toMatchObject({ onSet: { id: '2' } })
      subscription.unsubscribe()
      client.stop()
    })
  },
)
