import { Amplify } from 'aws-amplify'
import { generateClient } from 'aws-amplify/api'
import { signIn, signOut } from 'aws-amplify/auth'
import { ConsoleLogger, parseAmplifyConfig } from 'aws-amplify/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ImageDocument, OnImageProcessedDocument, PublicImagesDocument, RequestUploadDocument, type ImagePartsFragment,
  type PublicImagesQuery, type RequestUploadMutation,
} from '../../generated/client.ts'
import { fixture } from '../fixtures/index.ts'
import { observeSockets } from './given/observed-sockets.ts'
import { givenPerson, givenTarget } from './given/target.ts'
import { put, uploadInput } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** Amplify's client as far as it is used here; its own types follow every schema there could be. */
interface GraphqlClient {
  /** A promise for queries and mutations, an observable for subscriptions. */
  graphql(options: { query: string; variables?: object }): unknown
}

let owner: Person
let client: GraphqlClient
const sockets = observeSockets()
beforeAll(async () => {
  owner = await givenPerson('amplify')
  // Amplify warns of a user pool that is not AWS's own, which the local one is not.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  const { outputs, cognitoEndpoint } = givenTarget()
  const config = parseAmplifyConfig(outputs)
  if (cognitoEndpoint && config.Auth) config.Auth.Cognito.userPoolEndpoint = cognitoEndpoint
  Amplify.configure(config)
  await signIn({ username: owner.username, password: owner.password })
  client = generateClient({ authMode: 'userPool' }) as unknown as GraphqlClient
})
afterAll(() => signOut())

const run = async <T>(by: GraphqlClient, query: { toString(): string }, variables: object): Promise<T> =>
  ((await by.graphql({ query: query.toString(), variables })) as { data: T }).data

describe('the unmodified aws-amplify client', () => {
  it('signs in by SRP, asks for an upload, hears that it is processed and reads it back', async () => {
    const picture = await fixture('onePixel')
    const event = new Promise<ImagePartsFragment>((resolve, reject) => {
      const events = client.graphql({ query: OnImageProcessedDocument.toString() }) as {
        subscribe(observer: object): { unsubscribe(): void }
      }
      const subscription = events.subscribe({
        next: ({ data }: { data: { onImageProcessed: ImagePartsFragment } }) => {
          subscription.unsubscribe()
          resolve(data.onImageProcessed)
        },
        error: reject,
      })
    })
    await Promise.race([sockets.acknowledged(), event])
    const { requestUpload } = await run<RequestUploadMutation>(
      client, RequestUploadDocument, { input: uploadInput(picture) })
    expect((await put(requestUpload.upload, picture.bytes)).status).toBe(200)
    expect(await event).toMatchObject({ id: requestUpload.image.id, owner: owner.sub, status: 'READY' })
    expect(await run(client, ImageDocument, { id: requestUpload.image.id })).toEqual({ image: await event })
  })

  it("hands an error's type on", async () => {
    const refused = run(client, RequestUploadDocument, { input: { fileName: '', contentType: 'x', byteSize: 1 } })
    await expect(refused).rejects.toMatchObject({ errors: [{ errorType: 'InvalidFileName' }] })
  })

  it('reads PUBLIC images as a guest', async () => {
    const guest = generateClient({ authMode: 'apiKey' }) as unknown as GraphqlClient
    const { publicImages } = await run<PublicImagesQuery>(guest, PublicImagesDocument, { limit: 1 })
    expect(publicImages.items.length).toBeLessThanOrEqual(1)
  })
})
