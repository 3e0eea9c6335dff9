import { generateClient, type GraphQLQuery, type GraphQLSubscription } from 'aws-amplify/api'
import { Hub } from 'aws-amplify/utils'
import { OnImageProcessedDocument, RequestUploadDocument } from '../generated/client.ts'
import type { ImagePartsFragment, OnImageProcessedSubscription, RequestUploadMutation } from '../generated/client.ts'

/** Uploads a photo. Resolves with the image once it is READY, or with whatever else became of it. */
export async function upload(file: File): Promise<ImagePartsFragment> {
  const client = generateClient()
  let id: string | undefined
  const undo: (() => void)[] = []
  const processed = new Promise<ImagePartsFragment>((resolve, reject) => {
    const query = OnImageProcessedDocument.toString()
    const watching = client.graphql<GraphQLSubscription<OnImageProcessedSubscription>>({ query }).subscribe({
      next: ({ data: { onImageProcessed: image } }) => image && image.id === id && resolve(image),
      error: reject,
    })
    undo.push(() => watching.unsubscribe())
  })
  const stands = new Promise((resolve) => {
    undo.push(Hub.listen('api', ({ payload }) => payload.event === 'Subscription ack' && resolve(payload)))
  })
  try {
    // The subscription stands before the upload is asked for, so that no event is missed.
    await Promise.race([stands, processed])
    const { data } = await client.graphql<GraphQLQuery<RequestUploadMutation>>({
      query: RequestUploadDocument.toString(),
      variables: { input: { fileName: file.name, contentType: file.type, byteSize: file.size } },
    })
    const { image, upload } = data.requestUpload
    id = image.id
    const headers = upload.headers.map(({ name, value }): [string, string] => [name, value])
    const sent = await fetch(upload.url, { method: upload.method, headers, body: file })
    if (!sent.ok) throw new Error(`S3 refused ${file.name}: ${sent.status} ${await sent.text()}`)
    return await processed
  } finally {
    for (const step of undo) step()
  }
}
