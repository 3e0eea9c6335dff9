import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Amplify } from 'aws-amplify'
import { generateClient } from 'aws-amplify/api'
import { signIn } from 'aws-amplify/auth'
import { Hub, parseAmplifyConfig } from 'aws-amplify/utils'
import { inject } from 'vitest'
import WebSocket from 'ws'
import {
  ImageDocument, ImagesDocument, OnImageProcessedDocument, RequestUploadDocument,
  type ImagePartsFragment, type ImagesQuery, type RequestUploadMutation, type TypedDocumentString,
} from '../../generated/client.ts'
import type { ImageStatus, RequestUploadInput } from '../../generated/graphql.ts'
import { amplifyOutputs } from '../../local/amplify-outputs.ts'
import { startCloud, type Cloud } from '../../local/cloud.ts'
import type { Fixture } from '../fixtures/index.ts'

/** The stack that would be deployed, running here on free ports with an empty data folder. */
export async function givenCloud(): Promise<{ cloud: Cloud; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-'))
  const cloud = await startCloud({ assemblyDir: inject('assemblyDir'), dataDir, basePort: 0, log: () => {} })
  return {
    cloud,
    async stop() {
      await cloud.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The unmodified Amplify client, configured as the README says, with the demo user signed in. */
export async function givenAmplify(cloud: Cloud) {
  Object.assign(globalThis, { WebSocket })
  const outputs = amplifyOutputs(cloud.assembly, cloud.endpoints, cloud.demoUser)
  const config = parseAmplifyConfig(outputs as never)
  config.Auth!.Cognito.userPoolEndpoint = cloud.endpoints.aws
  Amplify.configure(config)
  await signIn(cloud.demoUser)
  const client = generateClient() as unknown as {
    graphql(options: { query: string; variables?: object }): unknown
  }
  const run = async <T>(query: { toString(): string }, variables: object): Promise<T> =>
    ((await client.graphql({ query: query.toString(), variables })) as { data: T }).data

  return {
    /** Any operation of `client/operations.graphql`. */
    run: async <Data, Variables extends object>(
      operation: TypedDocumentString<Data, Variables>, variables: Variables,
    ): Promise<Data> => run<Data>(operation, variables),
    requestUpload: async (input: RequestUploadInput) =>
      (await run<RequestUploadMutation>(RequestUploadDocument, { input })).requestUpload,
    image: async (id: string) => (await run<{ image: ImagePartsFragment | null }>(ImageDocument, { id })).image,
    images: async (variables: { status?: ImageStatus; limit?: number; nextToken?: string | null }) =>
      (await run<ImagesQuery>(ImagesDocument, variables)).images,
    onImageProcessed: (variables: { id?: string }) => subscribe(client, variables),
  }
}

/** A subscription that stands, with its events in a queue. */
export interface Events {
  /** The next event, or the one that has come and was not taken yet. */
  next(): Promise<ImagePartsFragment>
  /** How many events have come and were not taken. */
  waiting(): number
  stop(): void
}

function subscribe(client: { graphql(options: object): unknown }, variables: object): Promise<Events> {
  const come: ImagePartsFragment[] = []
  const wanted: ((image: ImagePartsFragment) => void)[] = []
  return new Promise((resolve, reject) => {
    const observable = client.graphql({ query: OnImageProcessedDocument.toString(), variables }) as {
      subscribe(observer: object): { unsubscribe(): void }
    }
    const stopListening = Hub.listen('api', ({ payload }) => {
      if (payload.event !== 'Subscription ack') return
      stopListening()
      resolve({
        next: () => {
          const image = come.shift()
          return image ? Promise.resolve(image) : new Promise((take) => wanted.push(take))
        },
        waiting: () => come.length,
        stop: () => subscription.unsubscribe(),
      })
    })
    const subscription = observable.subscribe({
      next: ({ data }: { data: { onImageProcessed: ImagePartsFragment } }) => {
        const take = wanted.shift()
        if (take) take(data.onImageProcessed)
        else come.push(data.onImageProcessed)
      },
      error: reject,
    })
  })
}

/** Sends a file with the presigned request, as a browser would: it sets `content-length` by the body, whoever says what. */
export function put(
  upload: RequestUploadMutation['requestUpload']['upload'],
  body: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  if (!upload) throw new Error('There is nothing to upload: the file is there already.')
  const signed = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
  delete signed['content-length']
  return fetch(upload.url, { method: upload.method, headers: { ...signed, ...headers }, body: new Uint8Array(body) })
}

/** What an honest uploader asks for. */
export function uploadInput({ bytes, contentType }: Fixture, fileName = 'photo'): RequestUploadInput {
  return { fileName, contentType, byteSize: bytes.byteLength }
}
