import { expect, it } from 'vitest'
import { createOriginalVersions } from '../../functions/lib/original-versions.ts'
import { answeringS3 } from './answering-s3.ts'
import { BUCKET, ID, OWNER } from './given.ts'

const KEY = `originals/${OWNER}/${ID}`

function given(...answers: object[]) {
  const { s3, sent } = answeringS3(...answers)
  return { originals: createOriginalVersions(s3, BUCKET), sent }
}

const version = (VersionId: string, Key = KEY) => ({ Key, VersionId })
const deletes = (...Objects: object[]) => ['DeleteObjectsCommand', { Bucket: BUCKET, Delete: { Objects, Quiet: true } }]

it('removes every version and delete marker of one original, page by page, and no other key', async () => {
  const first = {
    Versions: [version('2'), version('9', `${KEY}-other`)], DeleteMarkers: [version('3')],
    NextKeyMarker: KEY, NextVersionIdMarker: '2',
  }
  const { originals, sent } = given(first, {}, { Versions: [version('1')] }, {})
  await originals.remove({ id: ID, owner: OWNER })
  expect(sent).toEqual([
    ['ListObjectVersionsCommand', { Bucket: BUCKET, Prefix: KEY }],
    deletes(version('2'), version('3')),
    ['ListObjectVersionsCommand', { Bucket: BUCKET, Prefix: KEY, KeyMarker: KEY, VersionIdMarker: '2' }],
    deletes(version('1')),
  ])
})

it('asks for nothing to be removed when nothing is there any more', async () => {
  const { originals, sent } = given({})
  await originals.remove({ id: ID, owner: OWNER })
  expect(sent).toHaveLength(1)
})

it('is not done when S3 kept a version', async () => {
  const { originals } = given({ Versions: [version('1')] }, { Errors: [{ Key: KEY, Code: 'InternalError' }] })
  await expect(originals.remove({ id: ID, owner: OWNER })).rejects.toThrow(`${KEY} (InternalError)`)
})
