import {
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, bucket, REGION, type Running, startS3 } from './given.ts'

const KEYS = [
  'a',
  'photos/2025/a.jpg',
  'photos/2026/b <&> ü.jpg',
  'photos/2026/c.jpg',
  'photos/z',
  'z/',
  '\u{1F600}',
  '\uFF5E',
]

let running: Running
beforeAll(async () => {
  running = await startS3({ resources: [bucket(), bucket({}, 'another')] })
  for (const Key of KEYS) await running.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'x' }))
})
afterAll(() => running.stop())

const list = (input: Partial<ListObjectsV2CommandInput> = {}) =>
  running.client.send(new ListObjectsV2Command({ Bucket: BUCKET, ...input }))
const keysOf = async (input: Partial<ListObjectsV2CommandInput>) =>
  (await list(input)).Contents?.map(({ Key }) => Key) ?? []

describe('ListObjectsV2', () => {
  it('lists by the bytes of UTF-8', async () => {
    expect(await keysOf({})).toEqual([...KEYS.slice(0, 6), '\uFF5E', '\u{1F600}'])
  })

  it('groups by a delimiter', async () => {
    const { Contents, CommonPrefixes, KeyCount } = await list({ Prefix: 'photos/', Delimiter: '/' })
    expect(Contents?.map(({ Key }) => Key)).toEqual(['photos/z'])
    expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['photos/2025/', 'photos/2026/'])
    expect(KeyCount).toBe(3)
  })

  it.each([undefined, '/'])('gives every entry once over pages of one, with delimiter %s', async (Delimiter) => {
    const seen: (string | undefined)[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await list({ MaxKeys: 1, Delimiter, ContinuationToken })
      seen.push(
        ...(page.Contents?.map(({ Key }) => Key) ?? []),
        ...(page.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? []),
      )
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken !== undefined)
    expect(seen).toEqual(
      Delimiter ? ['a', 'photos/', 'z/', '\uFF5E', '\u{1F600}'] : [...KEYS.slice(0, 6), '\uFF5E', '\u{1F600}'],
    )
  })

  it('starts behind start-after', async () => {
    expect(await keysOf({ StartAfter: 'photos/z', MaxKeys: 1 })).toEqual(['z/'])
  })

  it('encodes keys when asked to', async () => {
    expect(await keysOf({ Prefix: 'photos/2026/b', EncodingType: 'url' })).toEqual([
      'photos/2026/b+%3C%26%3E+%C3%BC.jpg',
    ])
  })

  it('gives nothing for max-keys 0, and at most 1,000', async () => {
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false })
    expect((await list({ MaxKeys: 5000 })).MaxKeys).toBe(1000)
  })

  it('refuses a token that it did not give', async () => {
    await expect(list({ ContinuationToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidArgument' })
  })

  it('asks IAM for s3:ListBucket on the bucket, with the prefix', async () => {
    running.asked.length = 0
    await list({ Prefix: 'photos/' })
    expect(running.asked).toEqual([
      expect.objectContaining({
        action: 's3:ListBucket',
        resource: `arn:aws:s3:::${BUCKET}`,
        context: expect.objectContaining({ 's3:prefix': 'photos/' }),
      }),
    ])
  })
})

describe('buckets', () => {
  it('are listed, headed and located', async () => {
    expect((await running.client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([
      'another',
      BUCKET,
    ])
    expect((await running.client.send(new HeadBucketCommand({ Bucket: BUCKET }))).BucketRegion).toBe(REGION)
    expect((await running.client.send(new GetBucketLocationCommand({ Bucket: BUCKET }))).LocationConstraint).toBe(
      REGION,
    )
    await expect(running.client.send(new HeadBucketCommand({ Bucket: 'absent' }))).rejects.toMatchObject({
      name: 'NotFound',
    })
  })
})
