import type { Outputs } from '../configure-amplify.ts'
import { contentTypeOf } from './content-types.ts'
import { authorizationHeaders, type Principal } from './principal.ts'

const REQUEST_UPLOAD = `mutation RequestUpload($input: RequestUploadInput!) {
  requestUpload(input: $input) { image { id } upload { url method headers { name value } } }
}`

interface Ticket {
  image: { id: string }
  upload: { url: string; method: string; headers: { name: string; value: string }[] }
}

/**
 * Asks for an upload and sends the file.
 * @returns the image's id
 * @throws Error with Darkroom's or S3's own sentence
 */
export async function uploadFile(file: File, principal: Principal, outputs: Outputs): Promise<string> {
  const response = await fetch(outputs.data.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await authorizationHeaders(principal, outputs)) },
    body: JSON.stringify({
      query: REQUEST_UPLOAD,
      variables: { input: { fileName: file.name, contentType: contentTypeOf(file), byteSize: file.size } },
    }),
  })
  const { data, errors } = (await response.json()) as {
    data?: { requestUpload: Ticket | null } | null
    errors?: { errorType?: string; message: string }[]
  }
  const ticket = data?.requestUpload
  if (!ticket) throw new Error(errors?.[0]?.message ?? `Darkroom answered ${response.status}.`)
  const { url, method, headers } = ticket.upload
  const sent = await fetch(url, {
    method,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: file,
  })
  if (!sent.ok) {
    const sentence = /<Message>([^<]*)/.exec(await sent.text())?.[1]
    throw new Error(`S3 refused the file: ${sentence ?? sent.status}`)
  }
  return ticket.image.id
}
