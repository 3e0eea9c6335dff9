import { beforeAll, describe, expect, it } from 'vitest'
import { RequestUploadDocument, type RequestUploadMutation } from '../../generated/client.ts'
import type { RequestUploadInput } from '../../generated/graphql.ts'
import { as, ask, get } from './given/graphql.ts'
import { imageOf, requestUpload } from './given/uploads.ts'
import { givenPerson } from './given/target.ts'
import type { Person } from './target/people.ts'

/** Ten minutes. Source: schema.graphql, `requestUpload`. */
const GOOD_FOR_MS = 600_000
/** How far the clocks of the two sides may be apart. */
const CLOCKS_APART_MS = 60_000

const SOUND: RequestUploadInput = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1_000 }
/** One too many, each as long as a tag may be. */
const TAGS = Array.from({ length: 21 }, (_, at) => `${at}`.padEnd(50, 't'))
const SHA256 = 'ab'.repeat(32)

let owner: Person
beforeAll(async () => {
  owner = await givenPerson('request-upload')
})

describe('requestUpload answers', () => {
  it('the image, PENDING and PRIVATE, and stores it', async () => {
    const { image } = await requestUpload(owner, { ...SOUND, title: 'A title' })
    expect(image).toMatchObject({
      owner: owner.sub, status: 'PENDING', version: 1, visibility: 'PRIVATE', fileName: 'photo.jpg', title: 'A title',
      altText: null, category: null, tags: [], contentType: 'image/jpeg', byteSize: 1_000, sha256: null, variants: [],
      srcsets: [], palette: [], perceptualHash: null, isAnimated: null, hasAlpha: null, labels: [],
      labelsStatus: 'PENDING', failure: null, processedAt: null,
    })
    expect(image.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(image.createdAt).toBe(image.updatedAt)
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it('a presigned PUT with everything signed that S3 is to hold the upload to', async () => {
    const { upload } = await requestUpload(owner, { ...SOUND, sha256: SHA256 })
    const headers = Object.fromEntries(upload.headers.map(({ name, value }) => [name, value]))
    expect(upload.method).toBe('PUT')
    expect(headers).toEqual({
      'content-length': '1000',
      'content-type': 'image/jpeg',
      'if-none-match': '*',
      'x-amz-checksum-sha256': Buffer.from(SHA256, 'hex').toString('base64'),
    })
    const signed = new URL(upload.url).searchParams.get('X-Amz-SignedHeaders')?.split(';')
    expect(signed).toEqual(expect.arrayContaining(['host', ...Object.keys(headers)]))
    const left = Date.parse(upload.expiresAt) - Date.now()
    expect(Math.abs(left - GOOD_FOR_MS)).toBeLessThan(CLOCKS_APART_MS)
  })

  it('another place for every request, in the order of their ids', async () => {
    const first = await requestUpload(owner, SOUND)
    const second = await requestUpload(owner, SOUND)
    expect(second.image.id > first.image.id).toBe(true)
    expect(new URL(second.upload.url).pathname).not.toBe(new URL(first.upload.url).pathname)
  })
})

describe('requestUpload takes', () => {
  it.each<[string, Partial<RequestUploadInput>, object]>([
    ['the smallest size', { byteSize: 1 }, { byteSize: 1 }],
    ['the largest size', { byteSize: 52_428_800 }, { byteSize: 52_428_800 }],
    ['a name of 255 characters', { fileName: 'n'.repeat(255) }, { fileName: 'n'.repeat(255) }],
    ['a title of 200 characters', { title: 't'.repeat(200) }, { title: 't'.repeat(200) }],
    ['a blank title, as none', { title: ' ' }, { title: null }],
    ['an altText of 1,000 characters', { altText: 'a'.repeat(1_000) }, { altText: 'a'.repeat(1_000) }],
    ['a category of 50 characters', { category: 'c'.repeat(50) }, { category: 'c'.repeat(50) }],
    ['a blank category, as none', { category: ' ' }, { category: null }],
    ['20 tags of 50 characters', { tags: TAGS.slice(0, -1) }, { tags: TAGS.slice(0, -1) }],
    ['a tag in two spellings, as one', { tags: ['Sea ', 'sea'] }, { tags: ['Sea'] }],
    ['a checksum in capitals', { sha256: SHA256.toUpperCase() }, { sha256: SHA256 }],
    ...['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'].map((format): [string, Partial<RequestUploadInput>, object] =>
      [`image/${format}`, { contentType: `image/${format}` }, { contentType: `image/${format}` }]),
  ])('%s', async (_, input, stored) => {
    expect((await requestUpload(owner, { ...SOUND, ...input })).image).toMatchObject(stored)
  })
})

describe('requestUpload refuses, by a typed error that names expected and received, and stores nothing', () => {
  const refusals: [string, Partial<RequestUploadInput>, string][] = [
    ['a document', { contentType: 'application/pdf' }, 'UnsupportedContentType'],
    ['SVG, which is a program', { contentType: 'image/svg+xml' }, 'UnsupportedContentType'],
    ['a content type with a parameter', { contentType: 'image/jpeg; q=1' }, 'UnsupportedContentType'],
    ['no bytes', { byteSize: 0 }, 'InvalidByteSize'],
    ['a negative size', { byteSize: -1 }, 'InvalidByteSize'],
    ['a byte too many', { byteSize: 52_428_801 }, 'InvalidByteSize'],
    ['an empty name', { fileName: '' }, 'InvalidFileName'],
    ['a blank name', { fileName: ' \t' }, 'InvalidFileName'],
    ['a name of 256 characters', { fileName: 'n'.repeat(256) }, 'InvalidFileName'],
    ['a title of 201 characters', { title: 't'.repeat(201) }, 'InvalidTitle'],
    ['an altText of 1,001 characters', { altText: 'a'.repeat(1_001) }, 'InvalidAltText'],
    ['a category of 51 characters', { category: 'c'.repeat(51) }, 'InvalidCategory'],
    ['21 tags', { tags: TAGS }, 'InvalidTags'],
    ['a tag of 51 characters', { tags: ['t'.repeat(51)] }, 'InvalidTags'],
    ['a blank tag', { tags: ['sea', ' '] }, 'InvalidTags'],
    ['a short checksum', { sha256: 'ab'.repeat(31) }, 'InvalidSha256'],
    ['a checksum that is no hex', { sha256: 'zz'.repeat(32) }, 'InvalidSha256'],
  ]

  it.each(refusals)('%s', async (_, input, errorType) => {
    const answer = await ask<RequestUploadMutation>(as(owner), RequestUploadDocument, { input: { ...SOUND, ...input } })
    expect([answer.status, answer.data]).toEqual([200, null])
    expect(answer.errors).toMatchObject([
      { errorType, path: ['requestUpload'], message: expect.stringMatching(/must .*got/) },
    ])
  })

  it('for who uploads next to nothing, the list stays empty', async () => {
    const stranger = await givenPerson('refused')
    for (const [, input] of refusals) {
      await ask(as(stranger), RequestUploadDocument, { input: { ...SOUND, ...input } })
    }
    const { images } = await get<{ images: object }>(as(stranger), '{ images(status: PENDING) { items { id } } }')
    expect(images).toEqual({ items: [] })
  })
})
