import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ReprocessImageDocument, UpdateImageDocument, type ImagePartsFragment } from '../../generated/client.ts'
import { fixture } from '../fixtures/index.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { as, ask, errorTypes, get } from './given/graphql.ts'
import { givenPerson } from './given/target.ts'
import { develop, imageOf, requestUpload } from './given/uploads.ts'
import { watchImages, type Watch } from './given/watch-images.ts'
import type { Person } from './target/people.ts'

let owner: Person
let stranger: Person
let before: ImagePartsFragment
let watch: Watch
beforeAll(async () => {
  ;[owner, stranger] = await Promise.all([givenPerson('reprocess'), givenPerson('reprocess-stranger')])
  const said = { altText: 'A meadow', category: 'Mountains', tags: ['summer'] }
  const [developed] = await develop(owner, [{ ...(await fixture('baselineJpeg')), said }])
  const input = { id: developed!.id, title: 'Kept', visibility: 'PUBLIC' }
  before = (await get<{ updateImage: ImagePartsFragment }>(as(owner), UpdateImageDocument, { input })).updateImage
  watch = await watchImages(owner)
})
afterAll(async () => {
  watch.close()
  const input = { id: before.id, visibility: 'PRIVATE' }
  await get(as(owner), UpdateImageDocument, { input })
})

const refusal = async (person: Person, id: string) => {
  const answer = await ask(as(person), ReprocessImageDocument, { id })
  return [answer.data, errorTypes(answer)]
}
const refused = (errorType: string) => [{ reprocessImage: null }, [errorType]]

describe(`reprocessImage: ${EXCEPTIONS.startAcknowledged.held}`, () => {
  it('refuses an image that is not finished with ImageNotFinished, and changes nothing', async () => {
    const { image } = await requestUpload(owner, { fileName: 'p', contentType: 'image/png', byteSize: 1 })
    expect(await refusal(owner, image.id)).toEqual(refused('ImageNotFinished'))
    expect(await imageOf(owner, image.id)).toEqual(image)
  })

  it("refuses another's image with ImageNotFound, PUBLIC or not, as one that does not exist", async () => {
    for (const id of [before.id, '0'.repeat(26), 'x']) {
      expect(await refusal(stranger, id)).toEqual(refused('ImageNotFound'))
    }
    expect(await imageOf(owner, before.id)).toEqual(before)
  })

  it('develops an image once more: new URLs, a higher version, and all that was said of it', async () => {
    const { reprocessImage } = await get<{ reprocessImage: ImagePartsFragment }>(
      as(owner), ReprocessImageDocument, { id: before.id })
    expect(reprocessImage).toEqual(before)
    const after = await watch.ended(before.id)
    const { version, updatedAt, processedAt, variants, srcsets, labels } = after
    expect(after).toEqual({ ...before, version, updatedAt, processedAt, variants, srcsets, labels })
    expect(version).toBeGreaterThan(before.version)
    expect(await imageOf(owner, before.id)).toEqual(after)

    const withoutUrls = (image: ImagePartsFragment) => image.variants.map(({ url: _, ...variant }) => variant)
    expect(withoutUrls(after)).toEqual(withoutUrls(before))
    const old = before.variants.map(({ url }) => url)
    for (const { url, format, byteSize } of variants) {
      expect(old).not.toContain(url)
      const response = await fetch(url)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, `image/${format}`])
      expect((await response.arrayBuffer()).byteLength).toBe(byteSize)
    }
  })
})
