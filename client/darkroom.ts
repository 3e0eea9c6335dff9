import { Amplify } from 'aws-amplify'
import { generateClient } from 'aws-amplify/api'
import { signIn, signOut } from 'aws-amplify/auth'
import { ConsoleLogger, parseAmplifyConfig } from 'aws-amplify/utils'
import WebSocket from 'ws'
import {
  ImageDocument,
  RequestUploadDocument,
  type ImagePartsFragment,
  type RequestUploadMutation,
  type RequestUploadMutationVariables,
} from '../generated/client.ts'
import { amplifyImageSource } from './amplify-image-source.ts'
import { ClientError } from './errors.ts'
import type { ImageSource } from './image-source.ts'
import type { Outputs } from './outputs.ts'
import { createPauses } from './pauses.ts'
import { tryAgain } from './try-again.ts'

/** What a person at a terminal needs of Darkroom, by way of the unmodified Amplify client. */
export interface Darkroom {
  requestUpload(input: RequestUploadMutationVariables['input']): Promise<RequestUploadMutation['requestUpload']>
  image(id: string): Promise<ImagePartsFragment | null>
  /** All of the caller's images, for `syncImages`. */
  images: ImageSource<ImagePartsFragment>
  close(): Promise<void>
}

/** Amplify's client as far as it is used here; its own types follow every schema there could be. */
interface GraphqlClient {
  graphql(options: { query: string; variables: object }): Promise<unknown>
}

/** @throws ClientError when the sign-in is refused or nobody answers */
export async function signInTo(outputs: Outputs, username: string, password: string): Promise<Darkroom> {
  // Node 20 has no WebSocket of its own; Amplify looks for the global one.
  Object.assign(globalThis, { WebSocket })
  // Amplify warns of a user pool that is not AWS's own, which the local one is not.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  const config = parseAmplifyConfig(outputs)
  const userPoolEndpoint = outputs.custom?.local?.userPoolEndpoint
  if (userPoolEndpoint && config.Auth) config.Auth.Cognito.userPoolEndpoint = userPoolEndpoint
  Amplify.configure(config)

  await signIn({ username, password }).catch((error: Error) => {
    throw new ClientError(`Could not sign in as ${username}: ${reason(error)}`)
  })
  const client = generateClient({ authMode: 'userPool' }) as unknown as GraphqlClient

  const pauses = createPauses()
  const ask = async <T>(query: string, variables: object): Promise<T> => {
    const result = (await client.graphql({ query, variables })) as { data: T; errors?: unknown[] }
    if (result.errors?.length) throw result
    return result.data
  }
  const run = <T>(query: string, variables: object): Promise<T> =>
    tryAgain(() => ask<T>(query, variables), { isPassing, pauses }).catch((thrown: unknown) => {
      throw new ClientError(graphqlSentence(thrown))
    })

  return {
    requestUpload: async (input) =>
      (await run<RequestUploadMutation>(RequestUploadDocument.toString(), { input })).requestUpload,
    image: async (id) => (await run<{ image: ImagePartsFragment | null }>(ImageDocument.toString(), { id })).image,
    images: amplifyImageSource(),
    close: () => signOut().catch(() => undefined),
  }
}

function isPassing(thrown: unknown): boolean {
  const { errors } = thrown as { errors?: { errorType?: string }[] | null }
  return errors?.[0]?.errorType === 'ServiceUnavailable'
}

/** The first GraphQL error's type and sentence, or whatever else went wrong. */
export function graphqlSentence(thrown: unknown): string {
  const errors = (thrown as { errors?: { message: string; errorType?: string }[] | null }).errors
  const first = errors?.[0]
  if (!first) return reason(thrown as Error)
  return first.errorType ? `${first.errorType}: ${first.message}` : first.message
}

function reason(error: Error & { underlyingError?: unknown }): string {
  const inner = error.underlyingError instanceof Error ? error.underlyingError.message : ''
  if (/fetch failed|network error|ECONNREFUSED/i.test(`${inner} ${error.message}`)) {
    return 'nobody answers there. Is Darkroom running? Start it with `npm start`.'
  }
  return error.message
}
