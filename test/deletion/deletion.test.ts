import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeImages, REMOVAL_STEPS } from '../../functions/lib/remove-image.ts'
import type { RemovalMessage } from '../../resolvers/lib/removal-message.ts'
import { givenDarkroom, type Darkroom } from './given-darkroom.ts'
import { givenPending, givenReady, LABEL, report, type GivenImage } from './given-images.ts'
import { expectKilled, killsOf, watched, type Kill } from './killed.ts'
import { reprocessCases } from './reprocess-cases.ts'
import { countInvalidations, countOf, fetchVariant, whatIsLeft } from './what-is-left.ts'

const DELETE = 'mutation ($id: ID!) { deleteImage(id: $id) { id status version } }'
const DELETE_ALL = `mutation ($ids: [ID!]!) {
  deleteImages(ids: $ids) { id image { status } error { type } } }`

/** When the removal of an image begins that was finished: see queue-removal.ts. */
const HIDDEN_WITHIN_MS = 40_000

/** When that of one begins that was not, and of renditions that were replaced: see retire-replaced.ts. */
const FINISHED_WITHIN_MS = 900_000

/** What `remove-image` asks of others for one image, in this order. */
const CALLS = ['removals.tell', 'originals.remove', 'renditions.remove', 'edgeCaches.forget', 'removals.record']

/** The one of them by which the variants that were looked at are served no more. */
const FORGET = CALLS.indexOf('edgeCaches.forget') + 1

/** What the table knows of an image when nothing is known any more. */
const TOMBSTONE = [
  'byteSize', 'contentType', 'createdAt', 'expiresAtEpochSeconds', 'facet', 'id', 'labelsStatus', 'mediaKey', 'owner',
  'processedAt', 'status', 'updatedAt', 'version', 'visibility',
]

const READY_IMAGES = 19

let darkroom: Darkroom
/** Images that have been made READY, and how many of them were deleted. */
let ready: GivenImage[]
let gone = 0
/** What the messages are about that the mutations have sent. */
const deleted: GivenImage[] = []
const kept: GivenImage[] = []
const unfinished: GivenImage[] = []
const replaced: GivenImage[] = []

beforeAll(async () => {
  darkroom = await givenDarkroom()
  ready = await givenReady(darkroom, READY_IMAGES)
})
afterAll(() => darkroom?.stop())

const next = (): GivenImage => ready.shift()!

async function deleteImage({ id }: GivenImage): Promise<unknown> {
  gone += 1
  return (await darkroom.query<{ deleteImage: unknown }>(DELETE, { id })).deleteImage
}

const removalOf = (...images: GivenImage[]): RemovalMessage =>
  ({ kind: 'deleted', images: images.map(({ id, owner, mediaKey }) => ({ id, owner, mediaKey, wasShown: true })) })

/** Nothing but the tombstone, of which the changes tell once. */
async function expectGone(image: GivenImage, attributes = TOMBSTONE): Promise<void> {
  const { version, ...left } = await whatIsLeft(darkroom, image)
  expect(left).toEqual({
    image: null, lists: [], changes: [{ status: 'DELETED', version }], items: ['IMAGE'], attributes,
    isInFileSet: false, originals: 0, media: [], variantStatus: 403,
  })
}

/** All of it, as if nobody had ever asked. */
async function expectKept(image: GivenImage): Promise<void> {
  const { version, ...left } = await whatIsLeft(darkroom, image)
  expect(left).toMatchObject({
    image: { status: 'READY' }, lists: ['ready', 'labelled', 'broader', 'tagged'],
    changes: [{ status: 'READY', version }],
    items: expect.arrayContaining(['IMAGE', 'LABEL#animal', 'LABEL#dog', 'TAG#summer']), isInFileSet: true,
    originals: 1,
    media: [`labelling/${image.mediaKey}.jpeg`, `processed/${image.mediaKey}/160.webp`], variantStatus: 200,
  })
}

describe('remove-image', () => {
  it('goes by its steps, in this order, of which each asks others once an image', async () => {
    expect(REMOVAL_STEPS.names).toEqual([
      'tell what is gone', 'remove the originals', 'remove the renditions', 'clear the edge caches',
      'record the removal',
    ])
    const image = next()
    await deleteImage(image)
    const { services, calls } = watch()
    await removeImages(removalOf(image), services)
    expect(calls).toEqual(CALLS)
    await expectGone(image)
  })

  const watch = (kill?: Kill) =>
    watched(darkroom.removing, ['removals', 'originals', 'renditions', 'edgeCaches'], kill)

  it.each(killsOf(CALLS).map((kill) => [kill.side, CALLS[kill.call - 1], kill] as const))(
    'is killed %s %s, and leaves nothing when the message comes again',
    async (_side, _name, kill) => {
      const image = next()
      await fetchVariant(darkroom, image.mediaKey)
      const cached = { status: 200, xCache: 'Hit from cloudfront' }
      expect(await fetchVariant(darkroom, image.mediaKey)).toEqual(cached)
      await deleteImage(image)
      const invalidations = await countInvalidations(darkroom)
      await expectKilled(removeImages(removalOf(image), watch(kill).services))
      expect(await whatIsLeft(darkroom, image, ['ready'])).toMatchObject({ image: null, lists: [] })
      const isForgotten = kill.call > FORGET || (kill.call === FORGET && kill.side === 'after')
      expect(await fetchVariant(darkroom, image.mediaKey))
        .toEqual(isForgotten ? { status: 403, xCache: 'Error from cloudfront' } : cached)
      await removeImages(removalOf(image), darkroom.removing)
      await expectGone(image)
      expect(await countInvalidations(darkroom)).toBe(invalidations + 1)
    },
  )

  it('removes nothing of an image that is not deleted, nor of one under its own media key', async () => {
    const image = next()
    await removeImages(removalOf(image), darkroom.removing)
    await removeImages({ ...removalOf(image), kind: 'replaced' }, darkroom.removing)
    await expectKept(image)
    ready.push(image)
  })

  it('removes what it can of several, and the others when the message comes again', async () => {
    const [one, other] = [next(), next()]
    for (const image of [one, other]) await deleteImage(image)
    await expectKilled(removeImages(removalOf(one, other), watch({ call: 3, side: 'before' }).services))
    await removeImages(removalOf(one, other), darkroom.removing)
    for (const image of [one, other]) await expectGone(image)
  })
})

describe('deleteImage', () => {
  const BEFORE = [
    ['getImages', 'ApiImagesReaderRole', 'dynamodb:BatchGetItem'],
    ['queueRemoval', 'ApiMessagesRole', 'sqs:SendMessage'],
    ['hideImages', 'ApiImagesWriterRole', 'dynamodb:UpdateItem'],
  ] as const

  /** While the work is done, the data source of a step refuses. */
  async function without(role: string, action: string, work: () => Promise<void>): Promise<void> {
    darkroom.outage.refuses = (caller, request) =>
      caller.kind === 'role' && request.action === action && caller.arn.includes(role)
    await work().finally(() => (darkroom.outage.refuses = undefined))
  }

  it.each(BEFORE)('breaks off at %s, changes nothing, and may be called again', async (_step, role, action) => {
    const image = next()
    await without(role, action, async () => {
      await expect(darkroom.query(DELETE, { id: image.id })).rejects.toThrow('ServiceUnavailable')
    })
    await expectKept(image)
    kept.push(image)
  })

  it('has done its work when nobody can be told at once; who removes the rest tells', async () => {
    const image = next()
    await without('ApiSelfRole', 'appsync:GraphQL', async () => {
      expect(await deleteImage(image)).toMatchObject({ id: image.id, status: 'DELETED' })
    })
    expect(await whatIsLeft(darkroom, image)).toMatchObject({ image: null, lists: [], variantStatus: 200 })
    deleted.push(image)
  })

  it('answers the same tombstone when it is called again', async () => {
    const image = next()
    const first = await deleteImage(image)
    const { deleteImage: again } = await darkroom.query<{ deleteImage: unknown }>(DELETE, { id: image.id })
    expect(again).toEqual(first)
    deleted.push(image)
  })

  it('deletes up to 25 at once, each with its own result', async () => {
    const [one, other, pending] = [next(), next(), (await givenPending(darkroom, 1))[0]!]
    const unknown = Array.from({ length: 21 }, (_, index) => `01J9ZZZZZZZZZZZZZZZZZZZZ${10 + index}`)
    const ids = [one.id, other.id, one.id, pending.id, ...unknown]
    expect(ids).toHaveLength(25)
    const { deleteImages } = await darkroom.query<{ deleteImages: unknown[] }>(DELETE_ALL, { ids })
    gone += 2
    const image = { status: 'DELETED' }
    expect(deleteImages).toEqual(ids.map((id) => unknown.includes(id)
      ? { id, image: null, error: { type: 'ImageNotFound' } }
      : { id, image, error: null }))
    await expect(darkroom.query(DELETE_ALL, { ids: [...ids, one.id] })).rejects.toThrow('InvalidBatchSize')
    deleted.push(one, other)
    unfinished.push(pending)
  })

  it('hides images that are PENDING or PROCESSING, whose files may still come', async () => {
    const [pending, processing] = (await givenPending(darkroom, 2)) as [GivenImage, GivenImage]
    await report(darkroom, processing, { status: 'PROCESSING', claim: 'somebody' })
    for (const image of [pending, processing]) {
      await deleteImage(image)
      gone -= 1
      await expect(report(darkroom, image, { status: 'PROCESSING', claim: 'late' }))
        .rejects.toThrow('ImageAlreadyFinished')
      await darkroom.putObject('OriginalsBucketName', `originals/${image.owner}/${image.id}`, darkroom.picture)
      await darkroom.putObject('MediaBucketName', `processed/${image.mediaKey}/160.webp`, darkroom.picture)
    }
    unfinished.push(pending, processing)
  })
})

reprocessCases(() => darkroom, (image) => replaced.push(image))

describe('the messages that all of this has sent', () => {
  it('have the images removed that were hidden, and nothing of the others', async () => {
    darkroom.clock.advance(HIDDEN_WITHIN_MS)
    await removed()
    for (const image of deleted) await expectGone(image)
    for (const image of kept) await expectKept(image)
    expect(await countOf(darkroom, LABEL.name)).toBe(READY_IMAGES - gone)
  })

  it('have what came later removed a quarter of an hour later', async () => {
    // In two steps: who signs requests finds out how far off its clock is when it is answered.
    darkroom.clock.advance(FINISHED_WITHIN_MS / 2)
    await removed()
    darkroom.clock.advance(FINISHED_WITHIN_MS / 2)
    await removed()
    const attributes = TOMBSTONE.filter((name) => name !== 'processedAt')
    for (const image of unfinished) await expectGone(image, attributes)
    for (const image of replaced) {
      expect(await whatIsLeft(darkroom, image))
        .toMatchObject({ image: { status: 'READY' }, media: [], variantStatus: 403 })
    }
  })

  /** Waits until nobody has a removal to do that is due. */
  async function removed(): Promise<void> {
    const QueueUrl = darkroom.cloud.assembly.outputs.RemovalsQueueUrl
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
    for (;;) {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] })
      const { Attributes = {} } = await darkroom.operator.sqs.send(command)
      if (names.every((name) => Attributes[name] === '0')) return
      await darkroom.line('messages deleted {"function":"Darkroom-RemovalRemoveImage')
    }
  }
})
