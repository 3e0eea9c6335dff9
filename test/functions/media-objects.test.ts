import { describe, expect, it } from 'vitest'
import { createLabelPictures, createRenditions } from '../../functions/lib/media-objects.ts'
import { answeringS3 } from './answering-s3.ts'
import { MEDIA_KEY } from './given.ts'

const BUCKET = 'the-media'
const KEY = `labelling/${MEDIA_KEY}.jpeg`
const PREFIX = `processed/${MEDIA_KEY}/`

const deletes = (...keys: string[]) => [
  'DeleteObjectsCommand',
  { Bucket: BUCKET, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } },
]

describe('what was made of an image', () => {
  it('is removed page by page, with the picture that was to be labelled', async () => {
    const first = { Contents: [{ Key: `${PREFIX}1920.webp` }], NextContinuationToken: 'more' }
    const { s3, sent } = answeringS3(first, {}, { Contents: [{ Key: `${PREFIX}160.webp` }] }, {})
    expect(await createRenditions(s3, BUCKET).remove(MEDIA_KEY)).toBe(2)
    expect(sent).toEqual([
      ['ListObjectsV2Command', { Bucket: BUCKET, Prefix: PREFIX }],
      deletes(KEY, `${PREFIX}1920.webp`),
      ['ListObjectsV2Command', { Bucket: BUCKET, Prefix: PREFIX, ContinuationToken: 'more' }],
      deletes(`${PREFIX}160.webp`),
    ])
  })

  it('is removed again without harm', async () => {
    const { s3, sent } = answeringS3({}, {})
    expect(await createRenditions(s3, BUCKET).remove(MEDIA_KEY)).toBe(0)
    expect(sent[1]).toEqual(deletes(KEY))
  })

  it('is not taken for removed when S3 says otherwise', async () => {
    const { s3 } = answeringS3({}, { Errors: [{ Key: KEY, Code: 'InternalError' }] })
    await expect(createRenditions(s3, BUCKET).remove(MEDIA_KEY)).rejects.toThrow(`${KEY} (InternalError)`)
  })
})

describe('a picture that is labelled later', () => {
  it('is kept, and removed', async () => {
    const { s3, sent } = answeringS3({}, {})
    const pictures = createLabelPictures(s3, BUCKET)
    await pictures.keep(MEDIA_KEY, Buffer.from('jpeg'))
    await pictures.remove(MEDIA_KEY)
    expect(sent).toEqual([
      ['PutObjectCommand', { Bucket: BUCKET, Key: KEY, Body: Buffer.from('jpeg'), ContentType: 'image/jpeg' }],
      ['DeleteObjectCommand', { Bucket: BUCKET, Key: KEY }],
    ])
  })

  it('is read when it is there, and absent when it is not', async () => {
    const Body = { transformToByteArray: async () => Buffer.from('jpeg') }
    const there = answeringS3({ Contents: [{ Key: KEY }] }, { Body })
    expect(await createLabelPictures(there.s3, BUCKET).read(MEDIA_KEY)).toEqual(Buffer.from('jpeg'))
    const absent = answeringS3({ Contents: [{ Key: `${KEY}.other` }] })
    expect(await createLabelPictures(absent.s3, BUCKET).read(MEDIA_KEY)).toBeUndefined()
    expect(absent.sent).toHaveLength(1)
  })

  it('has no key that leaves its folder', async () => {
    await expect(createLabelPictures(answeringS3().s3, BUCKET).remove('../originals')).rejects.toThrow(RangeError)
  })
})
