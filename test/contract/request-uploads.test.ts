import { beforeAll, describe, expect, it } from 'vitest'
import { RequestUploadsDocument, type RequestUploadsMutation } from '../../generated/client.ts'
import type { RequestUploadInput } from '../../generated/graphql.ts'
import { as, ask, errorTypes, get } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { imageOf } from './given/uploads.ts'
import type { Person } from './target/people.ts'

/** Most uploads that are asked for at once. Source: schema.graphql, `requestUploads`. */
const MOST = 25

const SOUND: RequestUploadInput = { fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1_000 }

let owner: Person
beforeAll(async () => {
  owner = await givenPerson('request-uploads')
})

const request = async (inputs: RequestUploadInput[]) =>
  (await get<RequestUploadsMutation>(as(owner), RequestUploadsDocument, { inputs })).requestUploads

describe('requestUploads answers', () => {
  it('one result an input, in their order: a ticket, or what is wrong with it', async () => {
    const [first, wrong, second, blank] = await request([
      { ...SOUND, fileName: 'first.jpg', tags: ['one'] },
      { ...SOUND, byteSize: 0 },
      { ...SOUND, fileName: 'second.png', contentType: 'image/png' },
      { ...SOUND, fileName: ' ' },
    ])
    for (const [result, fileName] of [[first, 'first.jpg'], [second, 'second.png']] as const) {
      expect(result!.error).toBeNull()
      const { image, upload } = result!.ticket!
      expect(image).toMatchObject({ owner: owner.sub, status: 'PENDING', version: 1, fileName })
      expect(await imageOf(owner, image.id)).toEqual(image)
      expect(new URL(upload!.url).pathname).toContain(image.id)
      expect(Object.fromEntries(upload!.headers.map(({ name, value }) => [name, value])))
        .toEqual({ 'content-length': '1000', 'content-type': image.contentType, 'if-none-match': '*' })
    }
    expect(first!.ticket!.image.tags).toEqual(['one'])
    const sentence = expect.stringMatching(/must .*got/)
    expect([wrong, blank]).toEqual([
      { ticket: null, error: { type: 'InvalidByteSize', message: sentence } },
      { ticket: null, error: { type: 'InvalidFileName', message: sentence } },
    ])
  })

  it('as many as are asked for at once, each with a place of its own', async () => {
    const results = await request(Array.from({ length: MOST }, () => SOUND))
    const places = results.map(({ ticket }) => new URL(ticket!.upload!.url).pathname)
    expect(new Set(places).size).toBe(MOST)
  })

  it.each([0, MOST + 1])('%d inputs with InvalidBatchSize', async (count) => {
    const answer = await ask(as(owner), RequestUploadsDocument, { inputs: Array.from({ length: count }, () => SOUND) })
    expect([answer.data, errorTypes(answer)]).toEqual([null, ['InvalidBatchSize']])
  })
})
