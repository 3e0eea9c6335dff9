import { createHash, randomBytes } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIN_PART_BYTES } from '../../../local/s3/limits.ts'
import { BUCKET, bucket, type Running, startS3, VERSIONED } from './given.ts'

let running: Running
beforeAll(async () => {
  running = await startS3({ resources: [bucket(VERSIONED), bucket({}, 'other')] })
})
afterAll(() => running.stop())

const at = { Bucket: BUCKET, Key: 'multipart' }
const head = (Bucket: string, Key: string) =>
  running.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }))

describe('CopyObject', () => {
  beforeAll(() =>
    running.client.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: 'from here/ü',
        Body: 'copied',
        ContentType: 'text/plain',
        Metadata: { a: '1' },
      }),
    ),
  )
  const CopySource = `${BUCKET}/from%20here/%C3%BC`

  it('copies bytes, metadata and checksum', async () => {
    const { CopyObjectResult } = await running.client.send(
      new CopyObjectCommand({ Bucket: 'other', Key: 'to', CopySource }),
    )
    expect(CopyObjectResult?.ETag).toBe(`"${createHash('md5').update('copied').digest('hex')}"`)
    expect(await head('other', 'to')).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { a: '1' },
      ContentLength: 6,
      ChecksumCRC32: CopyObjectResult?.ChecksumCRC32,
    })
  })

  it('replaces metadata, also onto itself, but only then', async () => {
    await running.client.send(
      new CopyObjectCommand({
        Bucket: BUCKET,
        Key: 'from here/ü',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
      }),
    )
    expect((await head(BUCKET, 'from here/ü')).Metadata).toEqual({ b: '2' })
    await expect(
      running.client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'from here/ü', CopySource })),
    ).rejects.toMatchObject({ name: 'InvalidRequest' })
  })

  it('refuses an unknown source, and one that is not what the condition names', async () => {
    const copy = (input: { CopySource: string; CopySourceIfMatch?: string }) =>
      running.client.send(new CopyObjectCommand({ Bucket: 'other', Key: 'x', ...input }))
    await expect(copy({ CopySource: `${BUCKET}/absent` })).rejects.toMatchObject({ name: 'NoSuchKey' })
    await expect(copy({ CopySource: 'absent/key' })).rejects.toMatchObject({ name: 'NoSuchBucket' })
    await expect(copy({ CopySource, CopySourceIfMatch: '"x"' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
  })

  it('asks IAM for both sides', async () => {
    running.asked.length = 0
    await running.client.send(new CopyObjectCommand({ Bucket: 'other', Key: 'to', CopySource }))
    expect(running.asked.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      's3:PutObject arn:aws:s3:::other/to',
      `s3:GetObject arn:aws:s3:::${BUCKET}/from here/ü`,
    ])
  })
})

describe('a multipart upload', () => {
  const create = async () =>
    (await running.client.send(new CreateMultipartUploadCommand({ ...at, ContentType: 'image/tiff' }))).UploadId
  const upload = async (UploadId: string | undefined, PartNumber: number, Body: Buffer) => {
    const { ETag } = await running.client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }))
    return { PartNumber, ETag }
  }
  const complete = (UploadId: string | undefined, Parts: { PartNumber: number; ETag?: string }[]) =>
    running.client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }))

  it('puts parts together in their order, whatever the order they came in', async () => {
    const UploadId = await create()
    const [one, two] = [randomBytes(MIN_PART_BYTES), Buffer.from('the end')]
    const second = await upload(UploadId, 2, two)
    const first = await upload(UploadId, 1, one)
    expect(
      (await running.client.send(new ListPartsCommand({ ...at, UploadId }))).Parts?.map(({ PartNumber, Size }) => [
        PartNumber,
        Size,
      ]),
    ).toEqual([
      [1, MIN_PART_BYTES],
      [2, 7],
    ])
    const { ETag, VersionId } = await complete(UploadId, [first, second])
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/)
    expect(VersionId).toBeDefined()
    const { Body, ContentType } = await running.client.send(new GetObjectCommand(at))
    expect(Buffer.concat([one, two]).equals(Buffer.from((await Body?.transformToByteArray()) ?? []))).toBe(true)
    expect(ContentType).toBe('image/tiff')
    await expect(complete(UploadId, [first, second])).rejects.toMatchObject({ name: 'NoSuchUpload' })
  })

  it('refuses a small part that is not the last, a wrong order, and an unknown part', async () => {
    const UploadId = await create()
    const parts = [await upload(UploadId, 1, Buffer.from('small')), await upload(UploadId, 2, Buffer.from('last'))]
    await expect(complete(UploadId, parts)).rejects.toMatchObject({ name: 'EntityTooSmall' })
    await expect(complete(UploadId, [...parts].reverse())).rejects.toMatchObject({ name: 'InvalidPartOrder' })
    await expect(complete(UploadId, [{ PartNumber: 1, ETag: '"other"' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    })
    await expect(upload(UploadId, 10_001, Buffer.from('x'))).rejects.toMatchObject({ name: 'InvalidArgument' })
    await upload(UploadId, 10_000, Buffer.from('x'))
  })

  it('answers NotImplemented to copied parts, pages of parts and composite checksums', async () => {
    const UploadId = await create()
    const refused = { name: 'NotImplemented' }
    const copy = new UploadPartCopyCommand({ ...at, UploadId, PartNumber: 1, CopySource: `${BUCKET}/x` })
    await expect(running.client.send(copy)).rejects.toMatchObject(refused)
    const paged = new ListPartsCommand({ ...at, UploadId, MaxParts: 1 })
    await expect(running.client.send(paged)).rejects.toMatchObject(refused)
    const composite = new CreateMultipartUploadCommand({ ...at, ChecksumType: 'COMPOSITE' })
    await expect(running.client.send(composite)).rejects.toMatchObject(refused)
  })

  it('can be aborted', async () => {
    const UploadId = await create()
    await running.client.send(new AbortMultipartUploadCommand({ ...at, UploadId }))
    await expect(upload(UploadId, 1, Buffer.from('x'))).rejects.toMatchObject({ name: 'NoSuchUpload' })
    await expect(upload('../objects', 1, Buffer.from('x'))).rejects.toMatchObject({ name: 'NoSuchUpload' })
  })
})
