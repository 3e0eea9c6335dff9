import { generateClient } from 'aws-amplify/api'
import { Hub } from 'aws-amplify/utils'

/** What Amplify tells the whole page whenever AppSync has taken a subscription on, the first time or once more. */
const SUBSCRIPTION_ACK = 'Subscription ack'

/** What becomes of a subscription. */
export interface SubscriptionListener<Data> {
  /** AppSync has taken it on: events come from now on. Again after each interruption that Amplify has mended. */
  acknowledged(): void
  event(data: Data): void
  /** Amplify gives up: it was refused. */
  failed(error: unknown): void
}

/** Amplify's client as far as it is used here; its own types follow every schema there could be. */
interface SubscribingClient<Data> {
  graphql(request: { query: string; variables: object }): {
    subscribe(observer: { next(event: { data: Data }): void; error(error: unknown): void }): { unsubscribe(): void }
  }
}

/**
 * Subscribes with Amplify as the signed-in user. An acknowledgement says whose it is by query and variables alone: the
 * variables are an object that nobody else has, and the very same one comes back.
 * @param query GraphQL text
 * @returns what ends it
 */
export function subscribeWithAmplify<Data>(
  query: string,
  variables: object,
  { acknowledged, event, failed }: SubscriptionListener<Data>,
): () => void {
  const ownVariables = { ...variables }
  const stopListening = Hub.listen('api', ({ payload }) => {
    const { variables } = (payload.data ?? {}) as { variables?: unknown }
    if (payload.event === SUBSCRIPTION_ACK && variables === ownVariables) acknowledged()
  })
  const client = generateClient({ authMode: 'userPool' }) as unknown as SubscribingClient<Data>
  const subscription = client
    .graphql({ query, variables: ownVariables })
    .subscribe({ next: ({ data }) => event(data), error: failed })
  return () => {
    stopListening()
    subscription.unsubscribe()
  }
}
