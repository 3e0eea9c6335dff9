import {
  ImageDocument, RequestUploadDocument, type ImagePartsFragment, type RequestUploadMutation,
} from '../../../generated/client.ts'
import type { RequestUploadInput } from '../../../generated/graphql.ts'
import type { Fixture } from '../../fixtures/index.ts'
import type { Person } from '../target/people.ts'
import { as, get } from './graphql.ts'
import { watchImages } from './watch-images.ts'

export type Upload = NonNullable<RequestUploadMutation['requestUpload']['upload']>
export type Ticket = RequestUploadMutation['requestUpload'] & { upload: Upload }

/** A file, and what its uploader says of it. */
interface Picture extends Fixture {
  said?: Pick<RequestUploadInput, 'title' | 'altText' | 'category' | 'tags' | 'sha256'>
}

/** What an honest uploader asks for. */
export function uploadInput({ bytes, contentType, said }: Picture): RequestUploadInput {
  return { fileName: 'photo', contentType, byteSize: bytes.byteLength, ...said }
}

/** A ticket for a file that is not there yet. */
export async function requestUpload(person: Person, input: RequestUploadInput): Promise<Ticket> {
  const { requestUpload: { image, upload } } =
    await get<RequestUploadMutation>(as(person), RequestUploadDocument, { input })
  if (!upload) throw new Error(`expected something to upload, got image ${image.id}, which is ${image.status}.`)
  return { image, upload }
}

export async function imageOf(person: Person, id: string): Promise<ImagePartsFragment | null> {
  return (await get<{ image: ImagePartsFragment | null }>(as(person), ImageDocument, { id })).image
}

/** Sends bytes with the presigned request as browsers do: `content-length` follows the body, whatever was signed. */
export function put(
  upload: Upload | null | undefined,
  bytes: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  if (!upload) throw new Error('There is nothing to upload: the file is there already.')
  const signed = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
  delete signed['content-length']
  return fetch(upload.url, { method: upload.method, headers: { ...signed, ...headers }, body: new Uint8Array(bytes) })
}

/** Uploads, and waits for how it ends. */
export async function develop(person: Person, pictures: Picture[]): Promise<ImagePartsFragment[]> {
  const watch = await watchImages(person)
  try {
    return await Promise.all(pictures.map(async (picture) => {
      const { image, upload } = await requestUpload(person, uploadInput(picture))
      const response = await put(upload, picture.bytes)
      if (!response.ok) throw new Error(`The upload was refused: ${response.status} ${await response.text()}`)
      return watch.ended(image.id)
    }))
  } finally {
    watch.close()
  }
}
