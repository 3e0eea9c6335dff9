import { createHash } from 'node:crypto'
import { CreateMultipartUploadCommand, DeleteObjectsCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseParts } from '../../local/s3/complete-multipart-upload.ts'
import * as limits from '../../local/s3/limits.ts'
import { readListQuery } from '../../local/s3/list-page.ts'
import { BUCKET, startS3, type Running } from '../local/s3/given.ts'

let running: Running
beforeAll(async () => {
  running = await startS3()
})
afterAll(() => running.stop())

it('a page of a list holds MAX_LIST_KEYS, and as many for who asks for more', () => {
  const asked = (keys: number) => readListQuery(new Map([['max-keys', String(keys)]])).maxKeys
  expect(asked(limits.MAX_LIST_KEYS - 1)).toBe(limits.MAX_LIST_KEYS - 1)
  expect(asked(limits.MAX_LIST_KEYS)).toBe(limits.MAX_LIST_KEYS)
  expect(asked(limits.MAX_LIST_KEYS + 1)).toBe(limits.MAX_LIST_KEYS)
})

it('an XML body of MAX_XML_BODY_BYTES is read, and none that is larger', async () => {
  const send = async (bytes: number) => {
    const xml = '<Delete><Object><Key>none</Key></Object>'
    const end = '</Delete>'
    const body = `${xml}${' '.repeat(bytes - xml.length - end.length)}${end}`
    const client = new S3Client({
      region: await running.client.config.region(),
      endpoint: running.endpoint,
      credentials: await running.client.config.credentials(),
      maxAttempts: 1,
    })
    client.middlewareStack.add(
      (next) => (given) => {
        const request = given.request as { body: string; headers: Record<string, string> }
        request.body = body
        for (const name of Object.keys(request.headers)) {
          if (/checksum|content-length|content-md5/.test(name)) delete request.headers[name]
        }
        request.headers['content-length'] = String(Buffer.byteLength(body))
        request.headers['content-md5'] = createHash('md5').update(body).digest('base64')
        return next(given)
      },
      { step: 'build', priority: 'low' },
    )
    try {
      return await client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: 'none' }] } }))
    } finally {
      client.destroy()
    }
  }
  await expect(send(limits.MAX_XML_BODY_BYTES)).resolves.toMatchObject({ Deleted: [{ Key: 'none' }] })
  await expect(send(limits.MAX_XML_BODY_BYTES + 1)).rejects.toMatchObject({ name: 'EntityTooLarge' })
})

describe('a multipart upload', () => {
  const part = (partNumber: number, byteSize: number) => ({
    partNumber, byteSize, md5: `etag-${partNumber}`, lastModified: '',
  })
  const wanted = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ PartNumber: index + 1, ETag: `etag-${index + 1}` }))
  const choose = (...sizes: number[]) =>
    chooseParts(wanted(sizes.length), sizes.map((size, index) => part(index + 1, size)))

  it('is put together of parts of MIN_PART_BYTES and more, but for the last', () => {
    expect(choose(limits.MIN_PART_BYTES, 1)).toHaveLength(2)
    expect(() => choose(limits.MIN_PART_BYTES - 1, 1)).toThrow(expect.objectContaining({ code: 'EntityTooSmall' }))
  })

  it('has MAX_MULTIPART_OBJECT_BYTES in all, and no more', () => {
    const half = limits.MAX_MULTIPART_OBJECT_BYTES / 2
    expect(choose(half, half)).toHaveLength(2)
    expect(() => choose(half, half + 1)).toThrow(expect.objectContaining({ code: 'EntityTooLarge' }))
  })

  it('has part numbers up to MAX_PART_NUMBER', async () => {
    const at = { Bucket: BUCKET, Key: 'parts' }
    const { UploadId } = await running.client.send(new CreateMultipartUploadCommand(at))
    const upload = (PartNumber: number) =>
      running.client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body: 'x' }))
    await expect(upload(limits.MAX_PART_NUMBER)).resolves.toBeDefined()
    await expect(upload(limits.MAX_PART_NUMBER + 1)).rejects.toMatchObject({ name: 'InvalidArgument' })
  })
})
