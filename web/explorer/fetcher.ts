import type { Fetcher, FetcherParams, FetcherResultPayload, Observable } from '@graphiql/toolkit'
import { generateClient } from 'aws-amplify/api'
import { Kind, parse, type ExecutionResult, type OperationDefinitionNode } from 'graphql'
import type { Outputs } from '../configure-amplify.ts'
import { authorizationHeaders, type Principal } from './principal.ts'

/** Amplify's client as far as subscriptions need it; its own types follow every schema there could be. */
interface SubscriptionClient {
  graphql(options: { query: string; variables?: unknown; authMode: 'apiKey' | 'userPool' }): {
    subscribe(observer: object): { unsubscribe(): void }
  }
}

/** Answers as they come over the wire for queries and mutations; events by Amplify for subscriptions. */
export function createFetcher(outputs: Outputs, principal: Principal): Fetcher {
  const answer = async ({ query, variables, operationName }: FetcherParams) => {
    const operation = chosenOperation(query, operationName)
    if (operation?.operation === 'subscription') return subscribe(query, variables, principal)
    const response = await fetch(outputs.data.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await authorizationHeaders(principal, outputs)) },
      body: JSON.stringify({ query, variables, operationName: operation?.name?.value }),
    })
    return (await response.json()) as ExecutionResult
  }
  return answer as Fetcher
}

/** The operation by that name, else the first: the name lags behind while the text is being changed. */
function chosenOperation(query: string, operationName?: string | null): OperationDefinitionNode | undefined {
  const operations = parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return operations.find(({ name }) => name?.value === operationName) ?? operations[0]
}

function subscribe(query: string, variables: unknown, principal: Principal): Observable<FetcherResultPayload> {
  const client = generateClient() as unknown as SubscriptionClient
  const events = client.graphql({ query, variables, authMode: principal.kind === 'guest' ? 'apiKey' : 'userPool' })
  return {
    subscribe: (observer: Observer) =>
      events.subscribe({
        next: ({ data }: { data: unknown }) => observer.next({ data } as FetcherResultPayload),
        error: (thrown: unknown) => {
          observer.next({ errors: errorsIn(thrown) } as FetcherResultPayload)
          observer.complete()
        },
      }),
  } as unknown as Observable<FetcherResultPayload>
}

/** AppSync's own errors: Amplify hands them on as JSON behind a sentence, `Connection failed: {"errors":[...]}`. */
function errorsIn(thrown: unknown): unknown[] {
  const { errors = [], message } = thrown as { errors?: { message: string }[]; message?: string }
  if (errors.length === 0) return [{ message: message ?? 'The subscription ended without a reason.' }]
  return errors.flatMap((error) => {
    const json = /\{"errors":.*\}$/s.exec(error.message)?.[0]
    return json ? (JSON.parse(json) as { errors: unknown[] }).errors : [error]
  })
}

interface Observer {
  next(value: FetcherResultPayload): void
  complete(): void
}
