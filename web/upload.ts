import { generateClient, type GraphQLQuery, type GraphQLSubscription } from 'aws-amplify/api'
import { Hub } from 'aws-amplify/utils'
import { OnImageProcessedDocument, RequestUploadDocument } from '../generated/client.ts'
import type { ImagePartsFragment, OnImageProcessedSubscription, RequestUploadMutation } from '../generated/client.ts'

/** Uploads a photo. Resolves with the image once it is READY, or with whatever else became of it. */
export async function upload(file: File): Promise<ImagePartsFragment> {
  const client = generateClient()
  const undo: (() => void)[] = []
  let id: string | undefined
  const ended = new Promise<ImagePartsFragment>((resolve, reject) => {
    const query = OnImageProcessedDocument.toString()
    const watching = client.graphql<GraphQLSubscription<OnImageProcessedSubscription>>({ query }).subscribe({
      next: ({ data: { onImageProcessed: image } }) => image?.id === id && image && resolve(image),
      error: reject,
    })
    undo.push(() => watching.unsubscribe())
  })
  const stands = new Promise((resolve) => {
    undo.push(Hub.listen('api', ({ payload }) => payload.event === 'Subscription ack' && resolve(payload)))
  })
  try {
    await Promise.race([stands, ended]) // before anything is asked for: no event can be missed
    const input = { fileName: file.name, contentType: file.type, byteSize: file.size }
    const query = RequestUploadDocument.toString()
    const { data } = await client.graphql<GraphQLQuery<RequestUploadMutation>>({ query, variables: { input } })
    const { image, upload } = data.requestUpload
    id = image.id
    const headers = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
    const sent = await fetch(upload.url, { method: upload.method, headers, body: file })
    if (!sent.ok) throw new Error(`S3 refused ${file.name}: ${await sent.text()}`)
    return await ended
  } finally {
    for (const step of undo) step()
  }
}
