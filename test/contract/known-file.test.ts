import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  DeleteImageDocument, RequestUploadDocument, RequestUploadsDocument, type RequestUploadMutation,
  type RequestUploadsMutation,
} from '../../generated/client.ts'
import type { RequestUploadInput } from '../../generated/graphql.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { eventually } from './given/eventually.ts'
import { as, get } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { imageOf, put, uploadInput } from './given/uploads.ts'
import { watchImages } from './given/watch-images.ts'
import type { Person } from './target/people.ts'

let owner: Person
let stranger: Person
/** Of a file that the owner uploads, and says the checksum of. */
let input: RequestUploadInput & { sha256: string }
let id: string

const request = async (person: Person, asked: RequestUploadInput) =>
  (await get<RequestUploadMutation>(as(person), RequestUploadDocument, { input: asked })).requestUpload

beforeAll(async () => {
  ;[owner, stranger] = await Promise.all([givenPerson('known-file'), givenPerson('known-file-stranger')])
  const picture = await fixture('onePixel')
  input = { ...uploadInput(picture), sha256: createHash('sha256').update(picture.bytes).digest('hex') }
  const watch = await watchImages(owner)
  const [first, second] = [await request(owner, input), await request(owner, { ...input, fileName: 'again' })]
  // Nothing is known of a file that was only asked for.
  expect([second.image.status, second.upload?.method]).toEqual(['PENDING', 'PUT'])
  id = first.image.id
  expect((await put(first.upload, picture.bytes)).status).toBe(200)
  expect(await watch.ended(id)).toMatchObject({ status: 'READY', sha256: input.sha256 })
  watch.close()
})

describe(`a file that is READY already, by its sha256: ${EXCEPTIONS.indexes.held}`, () => {
  it.each<[string, () => RequestUploadInput]>([
    ['its checksum', () => input],
    ['its checksum in capitals', () => ({ ...input, sha256: input.sha256.toUpperCase() })],
    ['its checksum under another name', () => ({ ...input, fileName: 'other', title: 'Another' })],
  ])('is answered with that image, and nothing is to be uploaded: by %s', async (_, asked) => {
    const { image, upload } = await eventually(() => request(owner, asked()), (ticket) => !ticket.upload)
    expect(upload).toBeNull()
    expect(image.id).toBe(id)
    expect(image).toEqual(await imageOf(owner, id))
  })

  it('is answered so among several', async () => {
    const inputs = [{ ...input, sha256: '0'.repeat(64) }, input]
    const results = await eventually(async () =>
      (await get<RequestUploadsMutation>(as(owner), RequestUploadsDocument, { inputs })).requestUploads,
    (answer) => !answer[1]?.ticket?.upload)
    expect(results.map(({ ticket, error }) => [ticket?.image.status, ticket?.upload?.method, error])).toEqual([
      ['PENDING', 'PUT', null], ['READY', undefined, null],
    ])
    expect(results[1]!.ticket!.image.id).toBe(id)
  })

  it('is to be uploaded by somebody else all the same', async () => {
    const { image, upload } = await request(stranger, input)
    expect([image.owner, image.status, upload?.method]).toEqual([stranger.sub, 'PENDING', 'PUT'])
  })

  it('is to be uploaded again once the image is deleted', async () => {
    await get(as(owner), DeleteImageDocument, { id })
    const { image, upload } = await eventually(() => request(owner, input), (ticket) => !!ticket.upload)
    expect([image.status, upload?.method]).toEqual(['PENDING', 'PUT'])
    expect(image.id).not.toBe(id)
  })
})
