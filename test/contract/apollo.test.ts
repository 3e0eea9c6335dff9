import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ImageDocument, OnImageProcessedDocument, RequestUploadDocument, type ImagePartsFragment, type RequestUploadMutation,
} from '../../generated/client.ts'
import { fixture } from '../fixtures/index.ts'
import { observeSockets } from './given/observed-sockets.ts'
import { givenPerson, givenTarget } from './given/target.ts'
import { put, uploadInput } from './given/uploads.ts'
import type { Person } from './target/people.ts'

let owner: Person
let client: ApolloClient
const sockets = observeSockets()
beforeAll(async () => {
  owner = await givenPerson('apollo')
  const { url, aws_region: region } = givenTarget().outputs.data
  client = new ApolloClient({
    link: createSubscriptionHandshakeLink(
      { url, region, auth: { type: 'AMAZON_COGNITO_USER_POOLS', jwtToken: () => owner.idToken } },
      new HttpLink({ uri: url, headers: { authorization: owner.idToken } }),
    ),
    cache: new InMemoryCache(),
  })
})
afterAll(() => client?.stop())

describe('@apollo/client with aws-appsync-subscription-link', () => {
  it('asks for an upload, hears that it is processed and reads it back', async () => {
    const picture = await fixture('onePixel')
    const event = new Promise<ImagePartsFragment>((resolve, reject) => {
      const subscription = client
        .subscribe<{ onImageProcessed: ImagePartsFragment }>({ query: gql(OnImageProcessedDocument.toString()) })
        .subscribe({
          next: ({ data, error }) => {
            subscription.unsubscribe()
            if (data) resolve(data.onImageProcessed)
            else reject(error ?? new Error('expected data, got none'))
          },
          error: reject,
        })
    })
    await Promise.race([sockets.acknowledged(), event])
    const asked = await client.mutate<RequestUploadMutation>({
      mutation: gql(RequestUploadDocument.toString()), variables: { input: uploadInput(picture) },
    })
    const { image, upload } = asked.data!.requestUpload
    expect((await put(upload, picture.bytes)).status).toBe(200)
    expect(await event).toMatchObject({ id: image.id, owner: owner.sub, status: 'READY' })
    const read = await client.query<{ image: ImagePartsFragment }>({
      query: gql(ImageDocument.toString()), variables: { id: image.id }, fetchPolicy: 'network-only',
    })
    expect(read.data!.image).toMatchObject({ id: image.id, status: 'READY' })
  })

  it('hears of a refusal by its path', async () => {
    const refused = client.mutate({
      mutation: gql(RequestUploadDocument.toString()),
      variables: { input: { fileName: '', contentType: 'x', byteSize: 1 } },
    })
    await expect(refused).rejects.toMatchObject({ errors: [{ path: ['requestUpload'] }] })
  })
})
