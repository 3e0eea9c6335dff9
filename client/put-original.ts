import { createReadStream } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { PresignedUpload } from '../generated/graphql.ts'
import { ClientError } from './errors.ts'
import type { Original } from './original.ts'

/**
 * Sends the file with the presigned request.
 * @param onProgress called with the number of bytes sent so far
 * @throws ClientError with S3's code and sentence when it refuses
 */
export function putOriginal(
  upload: PresignedUpload,
  original: Original,
  onProgress: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
    const send = upload.url.startsWith('https:') ? httpsRequest : httpRequest
    const request = send(upload.url, {
      method: upload.method,
      headers: { ...headers, 'content-length': original.byteSize },
    })
    request.on('error', (error) => reject(new ClientError(`The upload broke off: ${error.message}.`)))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode === 200) return resolve()
        const body = Buffer.concat(chunks).toString('utf8')
        reject(new ClientError(`S3 refused the upload (${response.statusCode}): ${s3Sentence(body)}`))
      })
    })
    let sent = 0
    const file = createReadStream(original.path)
    file.on('data', (chunk) => onProgress((sent += chunk.length)))
    file.on('error', (error) => request.destroy(error))
    file.pipe(request)
  })
}

/** Code and message of S3's XML error. */
function s3Sentence(xml: string): string {
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return `${element('Code') ?? 'no code'}, ${element('Message') ?? 'no message'}`
}
