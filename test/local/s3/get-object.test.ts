import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, bucket, rawRequest, type Running, startS3 } from './given.ts'

let running: Running
let etag: string
beforeAll(async () => {
  running = await startS3()
  const { ETag = '' } = await running.client.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body: '0123456789' }),
  )
  etag = ETag
})
afterAll(() => running.stop())

const get = (input: Partial<ConstructorParameters<typeof GetObjectCommand>[0]> = {}) =>
  running.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'key', ...input }))

describe('ranges', () => {
  it.each([
    ['bytes=0-0', 'bytes 0-0/10', '0'],
    ['bytes=5-', 'bytes 5-9/10', '56789'],
    ['bytes=-2', 'bytes 8-9/10', '89'],
    ['bytes=7-100', 'bytes 7-9/10', '789'],
    ['bytes=-100', 'bytes 0-9/10', '0123456789'],
  ])('sends %s', async (Range, ContentRange, text) => {
    const answer = await get({ Range })
    expect([answer.ContentRange, await answer.Body?.transformToString()]).toEqual([ContentRange, text])
  })

  it('sends all for what is no single range of bytes', async () => {
    for (const Range of ['bytes=0-1,3-4', 'bytes=5-2', 'lines=1-2', 'bytes=-']) {
      expect(await (await get({ Range })).Body?.transformToString()).toBe('0123456789')
    }
  })

  it('refuses a range behind the end', async () => {
    await expect(get({ Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    })
  })
})

describe('conditions', () => {
  it('sends under if-match and if-none-match as the ETag says', async () => {
    await get({ IfMatch: etag })
    await get({ IfNoneMatch: '"other"' })
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } })
    await expect(get({ IfNoneMatch: etag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
  })

  it('sends under if-modified-since and if-unmodified-since as the date says', async () => {
    const before = new Date('2020-01-01')
    const after = new Date(Date.now() + 3_600_000)
    await get({ IfModifiedSince: before })
    await get({ IfUnmodifiedSince: after })
    await expect(get({ IfModifiedSince: after })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
    await expect(get({ IfUnmodifiedSince: before })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } })
  })
})

describe('what is not there', () => {
  it('says so to who may list the bucket', async () => {
    await expect(get({ Key: 'absent' })).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    })
    await expect(running.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'absent' }))).rejects.toMatchObject({
      name: 'NotFound',
    })
    await expect(get({ Bucket: 'absent' })).rejects.toMatchObject({ name: 'NoSuchBucket' })
  })

  it('answers 403 to who may not list it', async () => {
    const blind = await startS3({ allow: (_caller, { action }) => action === 's3:GetObject' })
    await expect(blind.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'absent' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
    await blind.stop()
  })

  it('refuses a version id that is none', async () => {
    await expect(get({ VersionId: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidArgument' })
    await expect(get({ VersionId: 'x'.repeat(32) })).rejects.toMatchObject({ name: 'NoSuchVersion' })
  })
})

it('sends no checksum with a range, and one when it is asked for', async () => {
  expect((await get({ ChecksumMode: 'ENABLED' })).ChecksumCRC32).toBeDefined()
  expect((await get({ ChecksumMode: 'ENABLED', Range: 'bytes=0-1' })).ChecksumCRC32).toBeUndefined()
})

it('refuses to replace headers for the unsigned', async () => {
  const open = await startS3({ resources: [bucket({ PublicAccessBlockConfiguration: {} })] })
  await open.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body: 'x' }))
  expect((await rawRequest(`${open.endpoint}/${BUCKET}/key`)).status).toBe(200)
  expect((await rawRequest(`${open.endpoint}/${BUCKET}/key?response-content-type=text/html`)).status).toBe(400)
  await open.stop()
})

it('answers NotImplemented to a part of an object', async () => {
  await expect(get({ PartNumber: 1 })).rejects.toMatchObject({ name: 'NotImplemented' })
})

it('refuses a bucket owner other than the expected', async () => {
  await get({ ExpectedBucketOwner: '000000000000' })
  await expect(get({ ExpectedBucketOwner: '111111111111' })).rejects.toMatchObject({ name: 'AccessDenied' })
})
