import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestUploadMutation } from '../../generated/client.ts'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { givenAmplify, givenCloud, put, uploadInput } from './given-cloud.ts'

type Upload = NonNullable<RequestUploadMutation['requestUpload']['upload']>

let given: Awaited<ReturnType<typeof givenCloud>>
let darkroom: Awaited<ReturnType<typeof givenAmplify>>
let picture: Fixture

beforeAll(async () => {
  given = await givenCloud()
  darkroom = await givenAmplify(given.cloud)
  picture = await fixture('icon')
})
afterAll(() => given?.stop())

const code = async (response: Response) => /<Code>([^<]*)</.exec(await response.text())?.[1]

describe('S3 refuses what differs from the presigned request, and stores nothing', () => {
  const withUrl = (upload: Upload, change: (url: URL) => void): Upload => {
    const url = new URL(upload.url)
    change(url)
    return { ...upload, url: url.href }
  }
  const deviations: [string, number, string, (upload: Upload) => Promise<Response>][] = [
    ['a byte more', 403, 'SignatureDoesNotMatch', (upload) => put(upload, Buffer.concat([picture.bytes, Buffer.from('x')]))],
    ['another content type', 403, 'SignatureDoesNotMatch', (upload) => put(upload, picture.bytes, { 'content-type': 'text/html' })],
    ['another key', 403, 'SignatureDoesNotMatch', (upload) => put(withUrl(upload, (url) => { url.pathname += 'x' }), picture.bytes)],
    ['a metadata header that was not signed', 403, 'AccessDenied', (upload) => put(upload, picture.bytes, { 'x-amz-meta-a': 'b' })],
    ['another signature', 403, 'SignatureDoesNotMatch', (upload) =>
      put(withUrl(upload, (url) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))), picture.bytes)],
    ['no signature', 403, 'AccessDenied', (upload) => put(withUrl(upload, (url) => { url.search = '' }), picture.bytes)],
  ]

  it.each(deviations)('%s', async (_, status, expected, send) => {
    const { image, upload } = await darkroom.requestUpload(uploadInput(picture))
    const response = await send(upload!)
    expect(response.status).toBe(status)
    expect(await code(response)).toBe(expected)
    expect(await darkroom.image(image.id)).toMatchObject({ status: 'PENDING', version: 1 })
    expect((await put(upload, picture.bytes)).status).toBe(200)
  })

  it('other bytes of the same length, when the checksum was declared', async () => {
    // A file that was not uploaded before: one whose checksum is known would not be asked for again.
    const file = { ...picture, bytes: Buffer.concat([picture.bytes, Buffer.from('new')]) }
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    const { image, upload } = await darkroom.requestUpload({ ...uploadInput(file), sha256 })
    const other = Buffer.from(file.bytes)
    other[40]! ^= 1
    expect((await put(upload, other)).status).toBe(400)
    expect(await darkroom.image(image.id)).toMatchObject({ status: 'PENDING', version: 1, sha256 })
    expect((await put(upload, file.bytes)).status).toBe(200)
  })

  it('a second PUT', async () => {
    const { upload } = await darkroom.requestUpload(uploadInput(picture))
    expect((await put(upload, picture.bytes)).status).toBe(200)
    const again = await put(upload, picture.bytes)
    expect(again.status).toBe(412)
    expect(await code(again)).toBe('PreconditionFailed')
  })
})

describe('requestUpload refuses what can be no picture, and stores nothing', () => {
  it.each([
    ['an unknown content type', { contentType: 'application/pdf' }, 'UnsupportedContentType'],
    ['no bytes', { byteSize: 0 }, 'InvalidByteSize'],
    ['too many bytes', { byteSize: 52_428_801 }, 'InvalidByteSize'],
    ['an empty name', { fileName: '' }, 'InvalidFileName'],
    ['a malformed checksum', { sha256: 'abc' }, 'InvalidSha256'],
  ])('%s', async (_, input, errorType) => {
    const refusal = darkroom.requestUpload({ ...uploadInput(picture), title: 'refused', ...input })
    await expect(refusal).rejects.toMatchObject({ errors: [{ errorType, message: expect.stringContaining('got') }] })
    for (const status of ['PENDING', 'PROCESSING', 'READY'] as const) {
      const { items } = await darkroom.images({ status, limit: 100 })
      expect(items.filter(({ title }) => title === 'refused')).toEqual([])
    }
  })
})
