import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  type ChecksumAlgorithm,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, bucket, rawRequest, type Running, startS3, VERSIONED } from './given.ts'

let running: Running
beforeAll(async () => {
  running = await startS3({ resources: [bucket(), bucket(VERSIONED, 'versioned')] })
})
afterAll(() => running.stop())

const put = (input: Partial<ConstructorParameters<typeof PutObjectCommand>[0]>) =>
  running.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', ...input }))

async function read(key: string): Promise<Buffer> {
  const { Body } = await running.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

/** Nothing of a refused upload may be found: neither an object nor its bytes. */
async function expectNothingStored(key: string): Promise<void> {
  const { Contents = [] } = await running.client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: key }))
  expect(Contents).toEqual([])
  expect(readdirSync(join(running.dataDir, 'incoming'))).toEqual([])
}

describe('PutObject with the SDK', () => {
  it('stores a buffer, and its ETag is its MD5', async () => {
    const bytes = randomBytes(200_000)
    const { ETag } = await put({ Key: 'a b/ü+(1)~*.jpg', Body: bytes })
    expect(ETag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`)
    expect(bytes.equals(await read('a b/ü+(1)~*.jpg'))).toBe(true)
  })

  it('stores a stream sent as aws-chunked, without a trace of the chunks', async () => {
    const chunks = [randomBytes(70_000), randomBytes(3), randomBytes(130_000)]
    await put({
      Key: 'streamed',
      Body: Readable.from(chunks),
      ContentLength: 200_003,
      ContentType: 'image/png',
      ContentEncoding: 'gzip',
    })
    expect(Buffer.concat(chunks).equals(await read('streamed'))).toBe(true)
    const head = await running.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'streamed' }))
    expect(head).toMatchObject({ ContentLength: 200_003, ContentType: 'image/png', ContentEncoding: 'gzip' })
  })

  it.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])(
    'keeps a %s checksum, from a header and from a trailer',
    async (algorithm) => {
      for (const [Key, Body] of [
        ['header', Buffer.from('darkroom')],
        ['trailer', Readable.from([Buffer.from('darkroom')])],
      ] as const) {
        const answer = await put({ Key, Body, ContentLength: 8, ChecksumAlgorithm: algorithm })
        const head = await running.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' }))
        const name = `Checksum${algorithm}` as const
        expect(head[name]).toMatch(/^[A-Za-z0-9+/]+=*$/)
        expect(answer[name]).toBe(head[name])
        expect(head.ChecksumType).toBe('FULL_OBJECT')
      }
    },
  )

  it('keeps metadata and system headers, and says how it is encrypted', async () => {
    await put({
      Key: 'metadata',
      Body: 'x',
      Metadata: { owner: 'me' },
      CacheControl: 'no-store',
      ContentDisposition: 'inline',
    })
    const head = await running.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'metadata' }))
    expect(head).toMatchObject({
      Metadata: { owner: 'me' },
      CacheControl: 'no-store',
      ContentDisposition: 'inline',
      ServerSideEncryption: 'AES256',
    })
    expect(head.VersionId).toBeUndefined()
  })

  it('gives each version of a versioned bucket an id of its own', async () => {
    const first = await put({ Bucket: 'versioned', Body: '1' })
    const second = await put({ Bucket: 'versioned', Body: '2' })
    expect(first.VersionId).toMatch(/^\S{32}$/)
    expect(second.VersionId).not.toBe(first.VersionId)
  })

  it('stores an empty object', async () => {
    await put({ Key: 'empty', Body: '' })
    expect(await read('empty')).toHaveLength(0)
  })
})

describe('conditional writes', () => {
  it('refuses a second PUT under if-none-match: *', async () => {
    await put({ Key: 'once', Body: 'first', IfNoneMatch: '*' })
    await expect(put({ Key: 'once', Body: 'second', IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    })
    expect((await read('once')).toString()).toBe('first')
  })

  it('lets exactly one of many concurrent PUTs under if-none-match: * through', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        put({ Key: 'raced', Body: randomBytes(50_000 + index), IfNoneMatch: '*' }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'PreconditionFailed' })
  })

  it('replaces under if-match only what it names', async () => {
    const { ETag } = await put({ Key: 'matched', Body: 'first' })
    await expect(
      put({ Key: 'matched', Body: 'x', IfMatch: '"00000000000000000000000000000000"' }),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await put({ Key: 'matched', Body: 'second', IfMatch: ETag })
    expect((await read('matched')).toString()).toBe('second')
    await expect(put({ Key: 'absent', Body: 'x', IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' })
  })
})

describe('bodies that are not what was declared', () => {
  it.each([
    ['ChecksumSHA256', { ChecksumSHA256: createHash('sha256').update('other').digest('base64') }, 'BadDigest'],
    ['Content-MD5', { ContentMD5: createHash('md5').update('other').digest('base64') }, 'BadDigest'],
    ['a malformed Content-MD5', { ContentMD5: 'short' }, 'InvalidDigest'],
    ['a malformed checksum', { ChecksumSHA256: 'short' }, 'InvalidRequest'],
  ])('refuses %s', async (_name, input, name) => {
    await expect(put({ Key: 'refused', Body: 'body', ...input })).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    })
    await expectNothingStored('refused')
  })

  it('refuses a stream that is shorter or longer than announced', async () => {
    for (const [ContentLength, name] of [
      [5, 'IncompleteBody'],
      [3, 'IncompleteBody'],
    ] as const) {
      await expect(
        put({ Key: 'refused', Body: Readable.from([Buffer.from('body')]), ContentLength }),
      ).rejects.toMatchObject({ name })
    }
    await expectNothingStored('refused')
  })

  it('refuses metadata of more than 2 KB, and takes 2 KB', async () => {
    await put({ Key: 'metadata-2048', Body: 'x', Metadata: { name: 'x'.repeat(2044) } })
    await expect(put({ Key: 'refused', Body: 'x', Metadata: { name: 'x'.repeat(2045) } })).rejects.toMatchObject({
      name: 'MetadataTooLarge',
    })
  })

  it('refuses a key of more than 1,024 bytes, and takes 1,024', async () => {
    await put({ Key: 'ü'.repeat(512), Body: 'x' })
    await expect(put({ Key: `${'ü'.repeat(512)}x`, Body: 'x' })).rejects.toMatchObject({ name: 'KeyTooLongError' })
  })

  it('keeps keys that look like paths inside its folder', async () => {
    for (const Key of ['../../escaped', '/absolute', 'a//b', '.', '..', 'nul\u0001']) {
      await put({ Key, Body: Key })
      expect((await read(Key)).toString()).toBe(Key)
    }
    expect(readdirSync(running.dataDir).sort()).toEqual([
      'incoming',
      'notification-configurations.json',
      'objects',
      'outbox',
      'uploads',
    ])
  })

  it('refuses what it does not emulate by name', async () => {
    await expect(put({ Body: 'x', Tagging: 'a=b' })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('x-amz-tagging'),
    })
    await expect(put({ Body: 'x', StorageClass: 'GLACIER' })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('GLACIER'),
    })
    const withContext = put({ Body: 'x', ServerSideEncryption: 'aws:kms', SSEKMSEncryptionContext: 'e30=' })
    await expect(withContext).rejects.toMatchObject({ name: 'NotImplemented' })
    await expect(put({ Body: 'x', ACL: 'public-read' })).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
    })
  })
})

describe('who may', () => {
  it('asks IAM for s3:PutObject on the object, over what counts as TLS', async () => {
    running.asked.length = 0
    await put({ Key: 'asked/for', Body: 'x' })
    expect(running.asked).toEqual([
      expect.objectContaining({
        action: 's3:PutObject',
        resource: `arn:aws:s3:::${BUCKET}/asked/for`,
        context: expect.objectContaining({ 'aws:securetransport': 'true', 's3:authtype': 'REST-HEADER' }),
      }),
    ])
  })

  it('stores nothing for whom IAM refuses, and reads nothing before it asks', async () => {
    const refusing = await startS3({ allow: (_caller, { action }) => action !== 's3:PutObject' })
    const body = randomBytes(3_000_000)
    await expect(
      refusing.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body: body })),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
    expect(readdirSync(join(refusing.dataDir, 'objects'))).toEqual([])
    await refusing.stop()
  })

  it('refuses the unsigned: a bucket blocks public access unless its template says otherwise', async () => {
    const answer = await rawRequest(`${running.endpoint}/${BUCKET}/key`, {
      method: 'PUT',
      headers: { 'content-length': 1 },
      body: 'x',
    })
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('<Code>AccessDenied</Code>') })
    const open = await startS3({
      resources: [bucket({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: false } })],
    })
    expect(
      await rawRequest(`${open.endpoint}/${BUCKET}/key`, {
        method: 'PUT',
        headers: { 'content-length': 1 },
        body: 'x',
      }),
    ).toMatchObject({ status: 200 })
    await open.stop()
  })
})
