import { describe, expect, it } from 'vitest'
import { givenContext, givenItem, givenResolver, ID, NOW, OWNER, USER_POOL } from './given.ts'

const pipeline = givenResolver('Mutation.requestUpload/index')
const countPending = givenResolver('Mutation.requestUpload/1.countPending')
const signUpload = givenResolver('Mutation.requestUpload/2.signUpload')
const putImage = givenResolver('Mutation.requestUpload/3.putImage')

const SOUND = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1_000 }
const ask = (input: object) =>
  pipeline.evaluate('request', givenContext({ args: { input: { ...SOUND, ...input } } }), USER_POOL)

describe('Mutation.requestUpload takes', () => {
  it('a sound request, and draws a ULID for its image', () => {
    const { stash, error } = ask({})
    expect(error).toBeUndefined()
    expect(stash).toMatchObject({ owner: OWNER, asked: { ...SOUND, sha256: null, title: null } })
    expect(stash.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  })

  it.each([
    ['a name of 255 characters', { fileName: 'n'.repeat(255) }],
    ['a single byte', { byteSize: 1 }],
    ['50 MiB', { byteSize: 52_428_800 }],
    ['a title of 200 characters', { title: 't'.repeat(200) }],
  ])('%s', (_, input) => {
    expect(ask(input).error).toBeUndefined()
  })

  it('a checksum in upper case, as lower case', () => {
    expect(ask({ sha256: 'AB'.repeat(32) }).stash).toMatchObject({ asked: { sha256: 'ab'.repeat(32) } })
  })

  it('a blank title as none', () => {
    expect(ask({ title: '  ' }).stash).toMatchObject({ asked: { title: null } })
  })
})

describe('Mutation.requestUpload refuses', () => {
  it.each([
    ['an empty name', { fileName: '' }, 'InvalidFileName', 'got a blank one'],
    ['a name of blanks', { fileName: ' \t' }, 'InvalidFileName', 'got a blank one'],
    ['a name of 256 characters', { fileName: 'n'.repeat(256) }, 'InvalidFileName', 'got 256 characters'],
    ['a title of 201 characters', { title: 't'.repeat(201) }, 'InvalidTitle', 'got 201'],
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
  ])('%s', (_, input, errorType, received) => {
    const { error } = ask(input)
    expect(error).toMatchObject({ errorType })
    expect(error?.message).toContain(received)
  })
})

describe('Mutation.requestUpload, step by step', () => {
  const stash = { id: ID, owner: OWNER, asked: { ...SOUND, sha256: 'ab'.repeat(32), title: null } }
  const signed = {
    mediaKey: 'bWVkaWE',
    url: 'https://s3.example/originals',
    method: 'PUT',
    headers: [{ name: 'content-type', value: 'image/jpeg' }],
    expiresAt: NOW,
  }

  it('reads no more of the owner\'s images PENDING than there may be', () => {
    const { result } = countPending.evaluate('request', givenContext({ stash }), USER_POOL)
    expect(result).toMatchObject({
      operation: 'Query',
      index: 'byFacet',
      query: { expressionValues: { ':facetKey_eq': { S: `${OWNER}#PENDING` } } },
      limit: 100,
      projection: { expression: '#id' },
    })
  })

  const counted = (count: number) => {
    const result = { items: Array.from({ length: count }, () => ({ id: ID })) }
    return countPending.evaluate('response', givenContext({ stash, result }), USER_POOL)
  }

  it.each([0, 99])('goes on when %i images are PENDING', (count) => {
    expect(counted(count).error).toBeUndefined()
  })

  it('refuses the 101st image PENDING', () => {
    expect(counted(100).error).toMatchObject({
      errorType: 'TooManyPendingUploads', message: expect.stringMatching(/at most 100.*got 100/),
    })
  })

  it('signs nothing when it can\'t be counted', () => {
    const error = { message: 'boom', type: 'DynamoDB:InternalServerError' }
    const after = countPending.evaluate('response', givenContext({ stash, error }), USER_POOL)
    expect(after.error).toMatchObject({ errorType: 'ServiceUnavailable' })
  })

  it('invokes sign-upload with what S3 is to hold the client to', () => {
    const { result } = signUpload.evaluate('request', givenContext({ stash }), USER_POOL)
    expect(result).toMatchObject({
      operation: 'Invoke',
      payload: { id: ID, owner: OWNER, contentType: 'image/jpeg', byteSize: 1_000, sha256: 'ab'.repeat(32) },
    })
  })

  it('hands the media key on, and keeps it out of the ticket', () => {
    const after = signUpload.evaluate('response', givenContext({ stash, result: signed }), USER_POOL)
    expect(after.stash).toMatchObject({ mediaKey: 'bWVkaWE' })
    expect(after.stash.upload).toEqual({ url: signed.url, method: 'PUT', headers: signed.headers, expiresAt: NOW })
  })

  it('stores nothing when the signing fails', () => {
    const error = { message: 'boom', type: 'Lambda:Unhandled' }
    const after = signUpload.evaluate('response', givenContext({ stash, error }), USER_POOL)
    expect(after.error).toMatchObject({ errorType: 'ServiceUnavailable' })
  })

  it('puts a PENDING image under its own id, if that is new', () => {
    const { result } = putImage.evaluate('request', givenContext({ stash: { ...stash, mediaKey: 'bWVkaWE' } }), USER_POOL)
    expect(result).toMatchObject({
      operation: 'PutItem',
      key: { id: { S: ID }, facet: { S: 'IMAGE' } },
      attributeValues: {
        facetKey: { S: `${OWNER}#PENDING` },
        status: { S: 'PENDING' },
        version: { N: 1 },
        visibility: { S: 'PRIVATE' },
        mediaKey: { S: 'bWVkaWE' },
        createdAt: { S: NOW },
        updatedAt: { S: NOW },
      },
      condition: { expression: expect.stringContaining('attribute_not_exists') },
    })
  })

  it('answers with the image and the presigned request', () => {
    const upload = { url: signed.url, method: 'PUT', headers: signed.headers, expiresAt: NOW }
    const pending = givenItem({ status: 'PENDING', variants: undefined, labels: undefined })
    const context = givenContext({ stash: { ...stash, upload }, prev: { result: pending } })
    const { result } = pipeline.evaluate('response', context, USER_POOL)
    expect(result).toMatchObject({ image: { id: ID, status: 'PENDING', variants: [], labels: [] }, upload })
  })
})
