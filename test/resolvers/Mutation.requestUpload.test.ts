import { describe, expect, it } from 'vitest'
import {
  MAX_ALT_TEXT_LENGTH, MAX_CATEGORY_LENGTH, MAX_IMAGES_OF_A_FILE, MAX_PENDING_UPLOADS, MAX_TAG_LENGTH, MAX_TAGS,
} from '../../resolvers/lib/limits.ts'
import { givenItem, ID, NOW, OWNER, TABLE_NAME } from './given.ts'
import { givenUploads, leavingOut, SIGNED } from './given-uploads.ts'

const SOUND = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1_000 }
const SHA256 = 'ab'.repeat(32)
const run = givenUploads('Mutation.requestUpload')
const ask = (input: object, given: Parameters<typeof run>[1] = {}, failing?: string) =>
  run({ input: { ...SOUND, ...input } }, given, failing)

const tags = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => String(index).padEnd(length, 't'))

describe('Mutation.requestUpload takes', () => {
  it('a sound request, and draws a ULID for its image', () => {
    const { stash, error } = ask({})
    expect(error).toBeUndefined()
    expect(stash.uploads).toMatchObject([{ asked: { ...SOUND, sha256: null, title: null, tags: [] } }])
    expect(stash.uploads[0]!.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  })

  it.each([
    ['a name of 255 characters', { fileName: 'n'.repeat(255) }],
    ['a single byte', { byteSize: 1 }],
    ['50 MiB', { byteSize: 52_428_800 }],
    ['a title of 200 characters', { title: 't'.repeat(200) }],
    ['an altText of 1,000', { altText: 'a'.repeat(MAX_ALT_TEXT_LENGTH) }],
    ['a category of 50', { category: 'c'.repeat(MAX_CATEGORY_LENGTH) }],
    ['twenty tags of 50', { tags: tags(MAX_TAGS, MAX_TAG_LENGTH) }],
  ])('%s', (_, input) => {
    expect(ask(input).error).toBeUndefined()
  })

  it.each([
    ['a checksum in upper case, as lower case', { sha256: 'AB'.repeat(32) }, { sha256: SHA256 }],
    ['a blank title as none', { title: '  ' }, { title: null }],
    ['a category without the blanks around it', { category: ' Sea ' }, { category: 'Sea' }],
    ['tags without the blanks around them, each once', { tags: [' Sea ', 'sea', 'Sun'] }, { tags: ['Sea', 'Sun'] }],
  ])('%s', (_, input, asked) => {
    expect(ask(input).stash.uploads).toMatchObject([{ asked }])
  })
})

describe('Mutation.requestUpload refuses', () => {
  it.each([
    ['an empty name', { fileName: '' }, 'InvalidFileName', 'got a blank one'],
    ['a name of blanks', { fileName: ' \t' }, 'InvalidFileName', 'got a blank one'],
    ['a name of 256 characters', { fileName: 'n'.repeat(256) }, 'InvalidFileName', 'got 256 characters'],
    ['a title of 201 characters', { title: 't'.repeat(201) }, 'InvalidTitle', 'got 201'],
    ['an altText of 1,001', { altText: 'a'.repeat(MAX_ALT_TEXT_LENGTH + 1) }, 'InvalidAltText', 'got 1001'],
    ['a category of 51', { category: 'c'.repeat(MAX_CATEGORY_LENGTH + 1) }, 'InvalidCategory', 'got 51'],
    ['21 tags', { tags: tags(MAX_TAGS + 1, 3) }, 'InvalidTags', 'got 21'],
    ['a tag of 51 characters', { tags: tags(1, MAX_TAG_LENGTH + 1) }, 'InvalidTags', 'of 51'],
    ['a blank tag', { tags: ['sea', ' '] }, 'InvalidTags', 'got a blank one'],
    ['SVG', { contentType: 'image/svg+xml' }, 'UnsupportedContentType', 'got "image/svg+xml"'],
    ['no content type', { contentType: '' }, 'UnsupportedContentType', 'got ""'],
    ['an overlong content type, of which it repeats a part', { contentType: 'x'.repeat(200) }, 'UnsupportedContentType',
      `got "${'x'.repeat(80)}..."`],
    ['no bytes', { byteSize: 0 }, 'InvalidByteSize', 'got 0'],
    ['fewer than no bytes', { byteSize: -5 }, 'InvalidByteSize', 'got -5'],
    ['a byte over 50 MiB', { byteSize: 52_428_801 }, 'InvalidByteSize', 'got 52428801'],
    ['a checksum of 63 digits', { sha256: 'a'.repeat(63) }, 'InvalidSha256', 'must be 64 hex digits'],
    ['a checksum with other characters', { sha256: 'g'.repeat(64) }, 'InvalidSha256', 'must be 64 hex digits'],
    ['an empty checksum', { sha256: '' }, 'InvalidSha256', 'got ""'],
  ])('%s, and asks nobody', (_, input, errorType, received) => {
    const { asked, error } = ask(input)
    expect(error).toMatchObject({ errorType, message: expect.stringContaining(received) })
    expect(asked).toEqual({})
  })
})

describe('Mutation.requestUpload, step by step', () => {
  it("reads no more of the owner's images PENDING than there may be", () => {
    expect(ask({}).asked['3.countPending']).toMatchObject({
      operation: 'Query',
      index: 'byFacet',
      query: { expressionValues: { ':facetKey_eq': { S: `${OWNER}#PENDING` } } },
      limit: 100,
      projection: { expression: '#id' },
    })
  })

  const counted = (count: number) => ask({}, { '3.countPending': { items: Array.from({ length: count }, () => ({})) } })

  it.each([0, MAX_PENDING_UPLOADS - 1])('goes on when %i images are PENDING', (count) => {
    expect(counted(count).error).toBeUndefined()
  })

  it('refuses the 101st image PENDING', () => {
    expect(counted(MAX_PENDING_UPLOADS).error).toMatchObject({
      errorType: 'TooManyPendingUploads', message: expect.stringMatching(/at most 100.*got 100 and 1 more/),
    })
  })

  it('invokes sign-upload with what S3 is to hold the client to', () => {
    const { asked, stash } = ask({ sha256: SHA256 })
    const { id } = stash.uploads[0]!
    expect(asked['4.signUploads']).toMatchObject({
      operation: 'Invoke',
      payload: { uploads: [{ id, owner: OWNER, contentType: 'image/jpeg', byteSize: 1_000, sha256: SHA256 }] },
    })
  })

  it('puts a PENDING image under its own new id, with what its owner says of it', () => {
    const { asked, stash } = ask({ title: 'Pier', altText: 'A pier', category: 'Sea', tags: ['sun'] })
    expect(asked['5.putImages']).toMatchObject({
      operation: 'BatchPutItem',
      tables: {
        [TABLE_NAME]: [{
          id: { S: stash.uploads[0]!.id },
          facet: { S: 'IMAGE' },
          facetKey: { S: `${OWNER}#PENDING` },
          status: { S: 'PENDING' },
          version: { N: 1 },
          visibility: { S: 'PRIVATE' },
          title: { S: 'Pier' },
          altText: { S: 'A pier' },
          category: { S: 'Sea' },
          tags: { L: [{ S: 'sun' }] },
          mediaKey: { S: 'bWVkaWE' },
          createdAt: { S: NOW },
          updatedAt: { S: NOW },
        }],
      },
    })
  })

  it('answers with the image and the presigned request, without the media key', () => {
    const { mediaKey: _mediaKey, ...upload } = SIGNED
    const { answer, stash } = ask({})
    expect(answer).toMatchObject({ image: { id: stash.uploads[0]!.id, status: 'PENDING', variants: [], labels: [] } })
    expect((answer as { upload: unknown }).upload).toEqual(upload)
  })

  it.each(['1.findFiles', '3.countPending', '4.signUploads', '5.putImages'])(
    'says that it could not be done when step %s fails, and does nothing more',
    (failing) => {
      const { asked, error } = ask({ sha256: SHA256 }, {}, failing)
      expect(error).toMatchObject({ errorType: 'ServiceUnavailable' })
      expect(Object.keys(asked).at(-1)).toBe(failing)
    },
  )

  it('says so too when DynamoDB leaves the image out', () => {
    expect(ask({}, { '5.putImages': leavingOut(0) }).error).toMatchObject({ errorType: 'ServiceUnavailable' })
  })
})

describe('Mutation.requestUpload for a file that the caller has', () => {
  const older = ID.slice(0, -1) + '0'
  const known = { '1.findFiles': { data: { [TABLE_NAME]: [{ imageIds: [ID, older] }] } } }
  const found = (...items: (object | null)[]) =>
    ({ ...known, '2.getDuplicates': { data: { [TABLE_NAME]: items } } })

  it('answers with the newest image of it, stores nothing, and counts nothing', () => {
    const { asked, answer } = ask({ sha256: SHA256 }, found(givenItem(), givenItem({ id: older })))
    expect(asked).toMatchObject({
      '1.findFiles': { tables: { [TABLE_NAME]: { keys: [{ id: { S: `${OWNER}#SHA256#${SHA256}` } }] } } },
      '2.getDuplicates': { tables: { [TABLE_NAME]: { keys: [ID, older].map((id) => ({ id: { S: id }, facet: { S: 'IMAGE' } })) } } },
    })
    expect(Object.keys(asked)).toEqual(['1.findFiles', '2.getDuplicates'])
    expect(answer).toMatchObject({ image: { id: ID, status: 'READY' }, upload: null })
  })

  it.each([
    ['deleted', givenItem({ status: 'DELETED' })],
    ['being developed once more', givenItem({ status: 'PROCESSING' })],
    ['gone', null],
  ])('answers with an older one when the newest is %s, and signs an upload when that is so too', (_, item) => {
    expect(ask({ sha256: SHA256 }, found(item, givenItem({ id: older }))).answer).toMatchObject({
      image: { id: older, status: 'READY' }, upload: null,
    })
    expect(ask({ sha256: SHA256 }, found(item, item)).answer).toMatchObject({
      image: { status: 'PENDING' }, upload: { method: 'PUT' },
    })
  })

  it.each([MAX_IMAGES_OF_A_FILE, MAX_IMAGES_OF_A_FILE + 1])('looks at the newest 4 of %i images of it', (number) => {
    const imageIds = Array.from({ length: number }, (_, index) => `${ID.slice(0, -1)}${index}`)
    const { asked } = ask({ sha256: SHA256 }, { '1.findFiles': { data: { [TABLE_NAME]: [{ imageIds }] } } })
    const { tables } = asked['2.getDuplicates'] as { tables: Record<string, { keys: { id: { S: string } }[] }> }
    expect(tables[TABLE_NAME]!.keys.map(({ id }) => id.S)).toEqual(imageIds.toReversed().slice(0, 4))
  })
})
