import { createHash, randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { givenPerson } from './given/target.ts'
import { imageOf, put, requestUpload, uploadInput, type Upload } from './given/uploads.ts'
import { watchImages } from './given/watch-images.ts'
import type { Person } from './target/people.ts'

/** A page that may upload: the deployment's `allowedOrigins` decides. */
const ORIGIN = process.env.CONTRACT_ORIGIN ?? 'https://gallery.example'

let owner: Person
let picture: Fixture
beforeAll(async () => {
  owner = await givenPerson('presigned-put')
  picture = await fixture('icon')
})

/** A file that nobody has uploaded before: one whose checksum is known would not be asked for again. */
const newFile = (): Fixture => ({ ...picture, bytes: Buffer.concat([picture.bytes, randomBytes(8)]) })

/** What S3 says in the `Code` of its answer. */
const codeOf = async (response: Response) => /<Code>([^<]*)</.exec(await response.text())?.[1]

function withUrl(upload: Upload, change: (url: URL) => void): Upload {
  const url = new URL(upload.url)
  change(url)
  return { ...upload, url: url.href }
}

const without = (upload: Upload, header: string): Upload =>
  ({ ...upload, headers: upload.headers.filter(({ name }) => name !== header) })

const DEVIATIONS: [string, number, string, (upload: Upload) => Promise<Response>][] = [
  ['a byte more', 403, 'SignatureDoesNotMatch', (upload) =>
    put(upload, Buffer.concat([picture.bytes, Buffer.from('x')]))],
  ['a byte less', 403, 'SignatureDoesNotMatch', (upload) => put(upload, picture.bytes.subarray(1))],
  ['another content type', 403, 'SignatureDoesNotMatch', (upload) =>
    put(upload, picture.bytes, { 'content-type': 'text/html' })],
  ['no content type', 403, 'SignatureDoesNotMatch', (upload) => put(without(upload, 'content-type'), picture.bytes)],
  ['no if-none-match, so that it could overwrite', 403, 'SignatureDoesNotMatch', (upload) =>
    put(without(upload, 'if-none-match'), picture.bytes)],
  ['another object key', 403, 'SignatureDoesNotMatch', (upload) =>
    put(withUrl(upload, (url) => { url.pathname += 'x' }), picture.bytes)],
  ['another method', 403, 'SignatureDoesNotMatch', (upload) => put({ ...upload, method: 'DELETE' }, picture.bytes)],
  ['a longer life', 403, 'SignatureDoesNotMatch', (upload) =>
    put(withUrl(upload, (url) => url.searchParams.set('X-Amz-Expires', '3600')), picture.bytes)],
  ['metadata that was not signed', 403, 'AccessDenied', (upload) =>
    put(upload, picture.bytes, { 'x-amz-meta-a': 'b' })],
  ['another signature', 403, 'SignatureDoesNotMatch', (upload) =>
    put(withUrl(upload, (url) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))), picture.bytes)],
  ['no signature', 403, 'AccessDenied', (upload) => put(withUrl(upload, (url) => { url.search = '' }), picture.bytes)],
]

describe('S3 refuses what differs from the presigned request, and stores nothing', () => {
  it.each(DEVIATIONS)('%s', async (_, status, code, send) => {
    const { image, upload } = await requestUpload(owner, uploadInput(picture))
    const response = await send(upload)
    expect([response.status, await codeOf(response)]).toEqual([status, code])
    expect(await imageOf(owner, image.id)).toMatchObject({ status: 'PENDING', version: 1 })
    // The place is empty still: `if-none-match: *` lets the honest upload in.
    expect((await put(upload, picture.bytes)).status).toBe(200)
  })

  it('other bytes of the same length, when the checksum was declared', async () => {
    const file = newFile()
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const { image, upload } = await requestUpload(owner, { ...uploadInput(file), sha256 })
    const other = Buffer.from(file.bytes)
    other[40]! ^= 1
    const response = await put(upload, other)
    expect([response.status, await codeOf(response)]).toEqual([400, 'BadDigest'])
    expect(await imageOf(owner, image.id)).toMatchObject({ status: 'PENDING', sha256 })
    expect((await put(upload, file.bytes)).status).toBe(200)
  })

  it('another checksum in the header than the one that was signed', async () => {
    const file = newFile()
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const { upload } = await requestUpload(owner, { ...uploadInput(file), sha256 })
    const other = createHash('sha256').update('other').digest('base64')
    const response = await put(upload, file.bytes, { 'x-amz-checksum-sha256': other })
    expect([response.status, await codeOf(response)]).toEqual([403, 'SignatureDoesNotMatch'])
  })

  it('a second PUT, also after the image is READY', async () => {
    const watch = await watchImages(owner)
    const { image, upload } = await requestUpload(owner, uploadInput(picture))
    expect((await put(upload, picture.bytes)).status).toBe(200)
    const again = await put(upload, picture.bytes)
    expect([again.status, await codeOf(again)]).toEqual([412, 'PreconditionFailed'])
    const ready = await watch.ended(image.id)
    expect((await put(upload, picture.bytes)).status).toBe(412)
    expect(await imageOf(owner, image.id)).toEqual(ready)
    watch.close()
  })
})

describe('the original', () => {
  it('can be read by nobody without a signature, nor by the one that was for writing', async () => {
    const { upload } = await requestUpload(owner, uploadInput(picture))
    expect((await put(upload, picture.bytes)).status).toBe(200)
    const plain = await fetch(upload.url.split('?')[0]!)
    expect([plain.status, await codeOf(plain)]).toEqual([403, 'AccessDenied'])
    expect((await fetch(upload.url)).status).toBe(403)
  })
})

describe(`browsers: ${EXCEPTIONS.origins.held}`, () => {
  it('learn from the preflight that they may send the upload', async () => {
    const file = newFile()
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const { upload } = await requestUpload(owner, { ...uploadInput(file), sha256 })
    const headers = upload.headers.map(({ name }) => name).filter((name) => name !== 'content-length')
    const response = await fetch(upload.url, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN, 'access-control-request-method': 'PUT', 'access-control-request-headers': headers.join(','),
      },
    })
    expect(response.status).toBe(200)
    expect(['*', ORIGIN]).toContain(response.headers.get('access-control-allow-origin'))
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(response.headers.get('access-control-allow-headers')?.split(/,\s*/)).toEqual(expect.arrayContaining(headers))
  })

  it('may read the answer, a refusal too', async () => {
    const { upload } = await requestUpload(owner, uploadInput(picture))
    for (const status of [200, 412]) {
      const response = await put(upload, picture.bytes, { origin: ORIGIN })
      expect(response.status).toBe(status)
      expect(['*', ORIGIN]).toContain(response.headers.get('access-control-allow-origin'))
    }
  })
})
