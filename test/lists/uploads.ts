import { beforeAll, describe, expect, it } from 'vitest'
import type { RequestUploadInput, RequestUploadResult, UploadTicket } from '../../generated/graphql.ts'
import { sha256Of, type GivenLists, type User } from './given-lists.ts'
import { givenImages, refusalOf, UPLOAD } from './images.ts'

const SHA256 = sha256Of('a file')

export function describeUploads(given: () => GivenLists): void {
  describe('uploads', () => {
    let user: User
    let known: string
    beforeAll(async () => {
      user = await given().newUser()
      known = (await givenImages(given(), user, [{ sha256: SHA256 }]))[0]!
    })

    const ask = async ({ run }: User, input: Partial<RequestUploadInput>) =>
      (await run<{ requestUpload: UploadTicket }>(
        'mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { image { id status } upload { url } } }',
        { input: { ...UPLOAD, ...input } },
      )).requestUpload
    const askAll = async (inputs: Partial<RequestUploadInput>[]) =>
      (await user.run<{ requestUploads: RequestUploadResult[] }>(
        `mutation ($inputs: [RequestUploadInput!]!) { requestUploads(inputs: $inputs) {
          ticket { image { id status } upload { url } } error { type message } } }`,
        { inputs: inputs.map((input) => ({ ...UPLOAD, ...input })) },
      )).requestUploads

    it('of a file that is READY are not needed: its image comes back', async () => {
      const ready = { image: { id: known, status: 'READY' }, upload: null }
      expect(await ask(user, { sha256: SHA256.toUpperCase() })).toEqual(ready)
    })

    it('are needed of any other file, of a file that is not declared, and of another user\'s file', async () => {
      const other = await given().newUser()
      for (const ticket of [
        await ask(user, { sha256: sha256Of('another file') }), await ask(user, {}), await ask(other, { sha256: SHA256 }),
      ]) {
        expect(ticket).toMatchObject({ image: { status: 'PENDING' }, upload: { url: expect.stringContaining('X-Amz-') } })
      }
    })

    it('are 25 at once, each with its own result, and are PENDING under the ids that were told', async () => {
      const wrong: [Partial<RequestUploadInput>, string][] = [
        [{ byteSize: 0 }, 'InvalidByteSize'],
        [{ contentType: 'image/svg+xml' }, 'UnsupportedContentType'],
        [{ fileName: ' ' }, 'InvalidFileName'],
        [{ sha256: 'x' }, 'InvalidSha256'],
        [{ tags: [' '] }, 'InvalidTags'],
      ]
      const sound = Array.from({ length: 19 }, (_, index) => ({ fileName: `${index}.jpg` }))
      const results = await askAll([...wrong.map(([input]) => input), { sha256: SHA256 }, ...sound])
      expect(results.slice(0, wrong.length)).toEqual(wrong.map(([, type]) => (
        { ticket: null, error: { type, message: expect.stringMatching(/^.+ got .+\.$/) } }
      )))
      expect(results[wrong.length]).toEqual({ ticket: { image: { id: known, status: 'READY' }, upload: null }, error: null })
      const ids = results.slice(wrong.length + 1).map(({ ticket }) => ticket!.image.id)
      expect(new Set(ids).size).toBe(sound.length)
      for (const [index, id] of ids.entries()) {
        expect(results[wrong.length + 1 + index]!.ticket!.upload!.url).toContain(`/originals/${user.owner}/${id}?`)
      }
      const [first, last] = [ids[0]!, ids.at(-1)!]
      const query = `{ a: image(id: "${first}") { status fileName } b: image(id: "${last}") { status fileName } }`
      expect(await user.run(query)).toEqual({
        a: { status: 'PENDING', fileName: '0.jpg' }, b: { status: 'PENDING', fileName: '18.jpg' },
      })
    })

    it.each([[0], [26]])('are not %i at once', async (length) => {
      expect(await refusalOf(askAll(Array.from({ length }, () => ({}))))).toBe('InvalidBatchSize')
    })

    it('are needed once more of a file whose image was deleted', async () => {
      await user.run(`mutation { deleteImage(id: "${known}") { id } }`)
      expect(await ask(user, { sha256: SHA256 })).toMatchObject({ image: { status: 'PENDING' }, upload: {} })
    })
  })
}
