import { generateClient, type GraphQLQuery, type GraphQLSubscription } from 'aws-amplify/api'
import { Hub } from 'aws-amplify/utils'
import { OnImageProcessedDocument, RequestUploadDocument } from '../generated/client.ts'
import type { ImagePartsFragment, OnImageProcessedSubscription, RequestUploadMutation } from '../generated/client.ts'

/** Uploads a photo. Resolves with the image once it is READY, or with what else became of it. */
export async function upload(file: File): Promise<ImagePartsFragment> {
  const client = generateClient()
  const input = { fileName: file.name, contentType: file.type, byteSize: file.size }
  let id: string, stop = () => {}
  const ended = new Promise<ImagePartsFragment>((resolve, reject) => {
    const events = client.graphql<GraphQLSubscription<OnImageProcessedSubscription>>({
      query: OnImageProcessedDocument.toString(),
    })
    const subscription = events.subscribe({
      next: ({ data }) => data.onImageProcessed?.id === id && resolve(data.onImageProcessed),
      error: reject,
    })
    stop = () => subscription.unsubscribe()
  })
  return ended
}
