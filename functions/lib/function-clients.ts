import { systemClock } from './clock.ts'
import { lambdaCredentials, sqsEndpointOverride } from './environment.ts'
import { createGraphqlClient, type GraphqlClient } from './graphql-client.ts'
import { createMessageQueue, type MessageQueue } from './message-queue.ts'

/** What every client of a function shares: its role's credentials, the system's clock, and chance. */
const SHARED = { credentials: lambdaCredentials, clock: systemClock, random: Math.random }

/** The API, called by the function's role. */
export function functionApi(environment: { GRAPHQL_URL: string; AWS_REGION: string }): GraphqlClient {
  return createGraphqlClient({ url: environment.GRAPHQL_URL, region: environment.AWS_REGION, ...SHARED })
}

/** A queue that the function's role sends to. */
export function functionQueue(queueUrl: string, environment: { AWS_REGION: string }): MessageQueue {
  return createMessageQueue({ queueUrl, endpoint: sqsEndpointOverride(), region: environment.AWS_REGION, ...SHARED })
}
