import { generateClient, type GraphQLQuery } from 'aws-amplify/api'
import { RequestUploadDocument, type ImagePartsFragment, type RequestUploadMutation } from '../generated/client.ts'
import { watchImages } from './watch-images.ts'

/** Uploads a photo. Resolves with the image once it is READY, or with whatever else became of it. */
export async function upload(file: File): Promise<ImagePartsFragment> {
  const watching = await watchImages() // before anything is asked for, so that no event is missed
  try {
    const input = { fileName: file.name, contentType: file.type, byteSize: file.size }
    const request = { query: RequestUploadDocument.toString(), variables: { input } }
    const { data } = await generateClient().graphql<GraphQLQuery<RequestUploadMutation>>(request)
    const { image, upload } = data.requestUpload // without a sha256 there always is something to upload
    const headers = Object.fromEntries(upload!.headers.map(({ name, value }) => [name, value]))
    const sent = await fetch(upload!.url, { method: upload!.method, headers, body: file })
    if (!sent.ok) throw new Error(`S3 refused ${file.name}: ${await sent.text()}`)
    return await watching.end(image.id)
  } finally {
    watching.stop()
  }
}
