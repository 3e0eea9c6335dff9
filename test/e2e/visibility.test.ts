import { generateClient } from 'aws-amplify/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ImageDocument, PublicImagesDocument, UpdateImageDocument,
  type ImagePartsFragment, type PublicImagesQuery, type UpdateImageMutation,
} from '../../generated/client.ts'
import type { UpdateImageInput } from '../../generated/graphql.ts'
import { ask } from '../access/execute.ts'
import { givenCallers, type Callers } from '../access/given-callers.ts'
import { fixture } from '../fixtures/index.ts'
import { givenAmplify, givenCloud, put, uploadInput } from './given-cloud.ts'

let given: Awaited<ReturnType<typeof givenCloud>>
let darkroom: Awaited<ReturnType<typeof givenAmplify>>
let backEnd: Callers

beforeAll(async () => {
  given = await givenCloud()
  darkroom = await givenAmplify(given.cloud)
  backEnd = await givenCallers(given.cloud, (work) => work())
})
afterAll(() => given?.stop())

type AuthMode = 'apiKey' | 'userPool'
type Graphql = { graphql(options: { query: string; variables: object; authMode: AuthMode }): Promise<unknown> }

/** The unmodified Amplify client, as a guest or as the user who is signed in. */
async function run<T>(authMode: AuthMode, document: { toString(): string }, variables: object): Promise<T> {
  const client = generateClient() as unknown as Graphql
  return ((await client.graphql({ query: document.toString(), variables, authMode })) as { data: T }).data
}
const seenByGuest = async (id: string) =>
  (await run<{ image: ImagePartsFragment | null }>('apiKey', ImageDocument, { id })).image
const listedForGuest = async (variables: { limit?: number; nextToken?: string | null } = {}) =>
  (await run<PublicImagesQuery>('apiKey', PublicImagesDocument, variables)).publicImages
const update = async (input: UpdateImageInput) =>
  (await run<UpdateImageMutation>('userPool', UpdateImageDocument, { input })).updateImage!

/** A READY image without the work: the back end says that it is. */
async function readyImage(): Promise<string> {
  const { image } = await darkroom.requestUpload(uploadInput(await fixture('onePixel')))
  const { body } = await ask(given.cloud, backEnd.callers.backEnd, `mutation { recordImageProcessed(input: {
    id: "${image.id}", owner: "${image.owner}", status: READY, sha256: "${'0'.repeat(64)}", width: 1, height: 1,
    variants: [], thumbhash: "AAAA", dominantColor: "#000000", palette: [], isAnimated: false, hasAlpha: false,
    labels: [], labelsStatus: SKIPPED_TOO_SMALL
  }) { status } }`)
  expect(body).toMatchObject({ data: { recordImageProcessed: { status: 'READY' } } })
  return image.id
}

describe('an image', () => {
  it('is seen by guests while it is PUBLIC, with its variants and without what is its owner\'s', async () => {
    const picture = await fixture('photo')
    const { image: { id }, upload } = await darkroom.requestUpload({ ...uploadInput(picture), title: 'Mountains' })
    expect(await seenByGuest(id)).toBeNull()
    await expect(update({ id, visibility: 'PUBLIC' })).rejects.toMatchObject({
      errors: [{ errorType: 'ImageNotReady', message: expect.stringContaining('PENDING') }],
    })
    const events = await darkroom.onImageProcessed({ id })
    expect((await put(upload, picture.bytes)).status).toBe(200)
    expect(await events.next()).toMatchObject({ status: 'READY', visibility: 'PRIVATE' })
    events.stop()
    expect(await seenByGuest(id)).toBeNull()
    expect((await listedForGuest()).items).toEqual([])

    const published = await update({ id, visibility: 'PUBLIC' })
    expect(published).toMatchObject({ visibility: 'PUBLIC', title: 'Mountains', fileName: 'photo', version: 4 })
    const seen = await seenByGuest(id)
    expect(seen).toEqual({
      ...published, fileName: null, sha256: null, failure: null, camera: null, moderationLabels: null,
      views: null, lastViewedAt: null,
    })
    expect((await listedForGuest()).items).toEqual([seen])
    for (const { url, byteSize } of seen!.variants) {
      expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(byteSize)
    }

    const hidden = await update({ id, visibility: 'PRIVATE', title: null })
    expect(hidden).toMatchObject({ visibility: 'PRIVATE', title: null, version: 5 })
    expect(await seenByGuest(id)).toBeNull()
    expect((await listedForGuest()).items).toEqual([])
    expect(await darkroom.image(id)).toEqual(hidden)
  })

  it('is another\'s to look at, and only its owner\'s to change', async () => {
    const id = await readyImage()
    await update({ id, visibility: 'PUBLIC', title: 'Mine' })
    const other = (query: string) => ask(given.cloud, backEnd.callers.otherUser, query)
    expect((await other(`{ image(id: "${id}") { title fileName } }`)).body.data)
      .toEqual({ image: { title: 'Mine', fileName: null } })
    const { body } = await other(`mutation { updateImage(input: { id: "${id}", title: "Yours" }) { title } }`)
    expect(body).toMatchObject({ data: { updateImage: null }, errors: [{ errorType: 'ImageNotFound' }] })
    expect(await update({ id, visibility: 'PRIVATE' })).toMatchObject({ title: 'Mine' })
  })
})

describe('publicImages', () => {
  it('goes from the newest to the oldest, over all shards and pages, while images come and go', async () => {
    const ids: string[] = []
    const publish = async () => {
      const id = await readyImage()
      await update({ id, visibility: 'PUBLIC' })
      ids.push(id)
    }
    for (let count = 0; count < 20; count += 1) await publish()
    const before = [...ids].sort().reverse()

    const first = await listedForGuest({ limit: 6 })
    expect(first.items.map(({ id }) => id)).toEqual(before.slice(0, 6))
    await publish()
    const hidden = before[8]!
    await update({ id: hidden, visibility: 'PRIVATE' })

    const found = first.items.map(({ id }) => id)
    let { nextToken } = first
    for (let pages = 0; nextToken && pages < before.length; pages += 1) {
      const page = await listedForGuest({ limit: 6, nextToken })
      found.push(...page.items.map(({ id }) => id))
      nextToken = page.nextToken
    }
    expect(found).toEqual(before.filter((id) => id !== hidden))
    const now = [...ids].sort().reverse().filter((id) => id !== hidden)
    expect((await listedForGuest({ limit: 100 })).items.map(({ id }) => id)).toEqual(now)
  })

  it('refuses a nextToken that is not its own', async () => {
    await expect(listedForGuest({ nextToken: 'there' })).rejects.toMatchObject({
      errors: [{ errorType: 'InvalidNextToken' }],
    })
  })
})
