import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, bucket, type Running, startS3, VERSIONED } from './given.ts'

let running: Running
beforeAll(async () => {
  running = await startS3({
    resources: [
      bucket(VERSIONED),
      bucket({}, 'plain'),
      bucket({ VersioningConfiguration: { Status: 'Suspended' } }, 'suspended'),
    ],
  })
})
afterAll(() => running.stop())

const put = async (Key: string, Body: string, Bucket = BUCKET) =>
  (await running.client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId
const read = async (Key: string, VersionId?: string) =>
  (await running.client.send(new GetObjectCommand({ Bucket: BUCKET, Key, VersionId }))).Body?.transformToString()
const remove = (Key: string, VersionId?: string, Bucket = BUCKET) =>
  running.client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))

describe('a versioned bucket', () => {
  it('keeps every version and gives the newest', async () => {
    const first = await put('kept', '1')
    await put('kept', '2')
    expect([await read('kept'), await read('kept', first)]).toEqual(['2', '1'])
  })

  it('hides an object behind a delete marker, and shows it again without', async () => {
    const version = await put('hidden', 'x')
    const marker = await remove('hidden')
    expect(marker.DeleteMarker).toBe(true)
    await expect(read('hidden')).rejects.toMatchObject({ name: 'NoSuchKey' })
    await expect(read('hidden', marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' })
    expect(await read('hidden', version)).toBe('x')
    expect((await remove('hidden', marker.VersionId)).DeleteMarker).toBe(true)
    expect(await read('hidden')).toBe('x')
  })

  it('takes a PUT under if-none-match: * over a delete marker', async () => {
    await put('reborn', 'x')
    await remove('reborn')
    await running.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'reborn', Body: 'y', IfNoneMatch: '*' }))
    expect(await read('reborn')).toBe('y')
  })

  it('removes a version for good, and the one before becomes the newest', async () => {
    await put('removed', '1')
    const second = await put('removed', '2')
    await remove('removed', second)
    expect(await read('removed')).toBe('1')
    await expect(read('removed', second)).rejects.toMatchObject({ name: 'NoSuchVersion' })
  })

  it('asks IAM for the version when one is named', async () => {
    const version = await put('asked', 'x')
    running.asked.length = 0
    await read('asked', version)
    await remove('asked', version)
    expect(running.asked.map(({ action }) => action)).toEqual(['s3:GetObjectVersion', 's3:DeleteObjectVersion'])
  })

  it('lists versions and markers page by page, newest first', async () => {
    const ids = [
      await put('list/a', '1'),
      await put('list/a', '2'),
      (await remove('list/a')).VersionId,
      await put('list/b', '3'),
    ]
    const pages: string[] = []
    let markers: { KeyMarker?: string; VersionIdMarker?: string } = {}
    for (let more = true; more; ) {
      const page = await running.client.send(
        new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: 'list/', MaxKeys: 1, ...markers }),
      )
      for (const { VersionId = '' } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) pages.push(VersionId)
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      more = page.IsTruncated ?? false
    }
    expect(pages).toEqual([ids[2], ids[1], ids[0], ids[3]])
  })
})

describe('a bucket without versions', () => {
  it('replaces and removes, and removing what is not there is a success', async () => {
    expect(await put('key', '1', 'plain')).toBeUndefined()
    await put('key', '2', 'plain')
    const { Versions } = await running.client.send(new ListObjectVersionsCommand({ Bucket: 'plain' }))
    expect(Versions?.map(({ VersionId, Size }) => [VersionId, Size])).toEqual([['null', 1]])
    await remove('key', undefined, 'plain')
    await remove('key', undefined, 'plain')
    await expect(running.client.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'key' }))).rejects.toMatchObject({
      name: 'NotFound',
    })
  })

  it('writes the null version while versioning is suspended', async () => {
    expect(await put('key', '1', 'suspended')).toBe('null')
    expect((await remove('key', undefined, 'suspended')).VersionId).toBe('null')
    const { Versions = [], DeleteMarkers = [] } = await running.client.send(
      new ListObjectVersionsCommand({ Bucket: 'suspended' }),
    )
    expect([Versions.length, DeleteMarkers.length]).toEqual([0, 1])
  })
})

describe('DeleteObjects', () => {
  it('answers for each key on its own', async () => {
    const picky = await startS3({
      allow: (_caller, { action, resource }) => action !== 's3:DeleteObject' || !resource.endsWith('/kept'),
    })
    for (const Key of ['a', 'kept', '<&>'])
      await picky.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'x' }))
    const { Deleted, Errors } = await picky.client.send(
      new DeleteObjectsCommand({
        Bucket: BUCKET,
        Delete: { Objects: [{ Key: 'a' }, { Key: 'kept' }, { Key: '<&>' }, { Key: 'absent' }] },
      }),
    )
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', '<&>', 'absent'])
    expect(Errors).toEqual([expect.objectContaining({ Key: 'kept', Code: 'AccessDenied' })])
    const quiet = await picky.client.send(
      new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Quiet: true, Objects: [{ Key: 'x' }] } }),
    )
    expect(quiet.Deleted).toBeUndefined()
    await picky.stop()
  })

  it('takes 1,000 keys and no more', async () => {
    const keys = (count: number) => ({
      Bucket: 'plain',
      Delete: { Objects: Array.from({ length: count }, (_, index) => ({ Key: String(index) })) },
    })
    expect((await running.client.send(new DeleteObjectsCommand(keys(1000)))).Deleted).toHaveLength(1000)
    await expect(running.client.send(new DeleteObjectsCommand(keys(1001)))).rejects.toMatchObject({
      name: 'MalformedXML',
    })
  })
})
