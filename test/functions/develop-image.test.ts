import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { developImage, STEPS } from '../../functions/lib/develop-image.ts'
import { fixture, PHOTO } from '../fixtures/index.ts'
import { arrivalOf, givenDarkroom, ID, MEADOW, MEDIA_KEY, OWNER, SKY, type Given } from './given.ts'

async function develop(name: Parameters<typeof fixture>[0], given?: Given) {
  const original = await fixture(name)
  const darkroom = givenDarkroom(original, given)
  const end = await developImage(arrivalOf(original.bytes.length), darkroom.services).catch((error: unknown) => error)
  return { ...darkroom, original, end }
}

const statuses = (reports: { status: string }[]) => reports.map(({ status }) => status)

describe('developing an image', () => {
  it('goes by its steps, in this order', () => {
    expect(STEPS.names).toEqual([
      'retire what is replaced',
      'claim',
      'fetch the original',
      'check the format',
      'measure',
      'decode',
      'resize',
      'start labelling',
      'describe',
      'store the variants',
      'await the labels',
      'put off labels',
    ])
  })

  it('asks for the removal of what its renditions take the place of, then claims it under its new key', async () => {
    const original = await fixture('icon')
    const { services, removalRequests, reports } = givenDarkroom(original)
    const reprocessed = { mediaKey: 'new', replacesMediaKey: 'old' }
    await developImage(arrivalOf(original.bytes.length, { reprocessed, versionId: undefined }), services)
    const images = [{ id: ID, owner: OWNER, mediaKey: 'old', wasShown: true }]
    expect(removalRequests).toEqual([{ kind: 'replaced', images, delaySeconds: 900 }])
    expect(reports[0]).toEqual({ id: ID, owner: OWNER, status: 'PROCESSING', claim: 'message-1', ...reprocessed })
    expect((await develop('icon')).removalRequests).toEqual([])
  })

  it('claims it, then records it READY with all that was made of it', async () => {
    const { reports, media, labelled, original, tallied, clock } = await develop('photo')
    expect(reports[0]).toEqual({ id: ID, owner: OWNER, status: 'PROCESSING', claim: 'message-1' })
    expect(reports[1]).toEqual({
      id: ID,
      owner: OWNER,
      status: 'READY',
      ...PHOTO,
      sha256: createHash('sha256').update(original.bytes).digest('hex'),
      variants: [
        { width: 1920, height: 1280, format: 'webp', byteSize: expect.any(Number) },
        { width: 1080, height: 720, format: 'webp', byteSize: expect.any(Number) },
        { width: 480, height: 320, format: 'webp', byteSize: expect.any(Number) },
        { width: 160, height: 107, format: 'webp', byteSize: expect.any(Number) },
        { width: 1080, height: 720, format: 'jpeg', byteSize: expect.any(Number) },
      ],
      thumbhash: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
      palette: expect.arrayContaining([expect.stringMatching(/^#[0-9a-f]{6}$/)]),
      perceptualHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      isAnimated: false,
      hasAlpha: false,
      camera: null,
      labels: [MEADOW, SKY],
      labelsStatus: 'READY',
      moderationStatus: 'NOT_ASKED',
      moderationLabels: [],
    })
    expect([reports.length, media.size, labelled.length]).toEqual([2, 5, 1])
    expect(reports[1]!.palette![0]).toBe(reports[1]!.dominantColor)
    expect(tallied).toEqual([{ status: 'READY', ms: 0, byteSize: original.bytes.length }])
    expect(clock.pendingCalls).toBe(0)
  })

  it('takes bytes of the declared SHA-256, and fails when others were read: another attempt may read them whole', async () => {
    const original = await fixture('icon')
    const sha256 = createHash('sha256').update(original.bytes).digest('hex')
    const declaring = (declared: string) => {
      const darkroom = givenDarkroom(original, { declared: { sha256: declared } })
      return { ...darkroom, done: developImage(arrivalOf(original.bytes.length), darkroom.services) }
    }
    const right = declaring(sha256)
    await right.done
    expect(right.reports.at(-1)).toMatchObject({ status: 'READY', sha256 })
    const other = 'ab'.repeat(32)
    const wrong = declaring(other)
    await expect(wrong.done).rejects.toThrow(`expected an original of SHA-256 ${other}, read ${sha256}`)
    expect(wrong.reports.map(({ status }) => status)).toEqual(['PROCESSING'])
  })

  it('asks for the labels before the first variant is stored, and stores all of them while it waits', async () => {
    const order: string[] = []
    let answer = (): void => undefined
    const { reports } = await develop('photo', {
      labels: () => {
        order.push('asked')
        return new Promise((resolve) => (answer = () => resolve([SKY])))
      },
      write: async (key) => {
        order.push(key.split('/').at(-1)!)
        if (key.endsWith('/160.webp')) answer()
      },
    })
    expect(order).toEqual(['asked', '1080.jpeg', '1920.webp', '1080.webp', '480.webp', '160.webp'])
    expect(reports.at(-1)).toMatchObject({ status: 'READY', labels: [SKY] })
  })

  it('sends Rekognition the very JPEG that it stores', async () => {
    const { labelled, media } = await develop('photo')
    expect(labelled[0]).toBe(media.get(`processed/${MEDIA_KEY}/1080.jpeg`)!.bytes)
  })

  it('turns READY when Rekognition fails, and puts the labels off before it says so', async () => {
    const darkroom = await develop('baselineJpeg', { labels: async () => Promise.reject(new Error('no')) })
    const { reports, tallied, labelPictures, labelRequests, labelled } = darkroom
    expect(reports.at(-1)).toMatchObject({ status: 'READY', labels: [], labelsStatus: 'PENDING' })
    expect(labelPictures.get(MEDIA_KEY)).toBe(labelled[0])
    expect(labelRequests).toMatchObject([{ id: ID, owner: OWNER, mediaKey: MEDIA_KEY, question: 'labels' }])
    expect(tallied[0]).toBe('labels later')
  })

  it('asks Rekognition nothing more when the variants could not be stored', async () => {
    let signal: AbortSignal | undefined
    const { end, clock, labelRequests } = await develop('baselineJpeg', {
      labels: (given) =>
        new Promise((_resolve, reject) => {
          signal = given
          given.addEventListener('abort', () => reject(given.reason as Error))
        }),
      write: async () => Promise.reject(new Error('unreachable')),
    })
    expect(end).toMatchObject({ message: 'unreachable' })
    expect(signal!.aborted).toBe(true)
    expect(labelRequests).toEqual([])
    await expect.poll(() => clock.pendingCalls).toBe(0)
  })

  it('notes the camera, what moves and what shines through', async () => {
    const last = async (name: Parameters<typeof fixture>[0]) => (await develop(name)).reports.at(-1)
    expect(await last('animatedGif')).toMatchObject({ isAnimated: true, hasAlpha: false })
    expect(await last('alphaPng')).toMatchObject({ isAnimated: false, hasAlpha: true })
    expect(await last('taggedJpeg')).toHaveProperty('camera')
  })

  it('makes the variants that are set', async () => {
    const { reports, media } = await develop('baselineJpeg', { variants: 'avif:160;jpeg:160' })
    expect([...media.keys()]).toEqual(['avif', 'jpeg'].map((format) => `processed/${MEDIA_KEY}/160.${format}`))
    expect(reports.at(-1)!.variants!.map(({ format }) => format)).toEqual(['avif', 'jpeg'])
  })

  it('turns READY without labels when it is too small for Rekognition', async () => {
    const { reports, labelled } = await develop('icon')
    expect(reports.at(-1)).toMatchObject({ status: 'READY', labels: [], labelsStatus: 'SKIPPED_TOO_SMALL' })
    expect(labelled).toEqual([])
  })

  it.each(['already-finished', 'unknown-image', 'being-processed'] as const)('leaves it alone when the claim says %s', async (kind) => {
    const { end, reports, media, labelled, lines, tallied } = await develop('baselineJpeg', { claimed: { kind } })
    expect(end).toBeUndefined()
    expect([statuses(reports), media.size, labelled.length, tallied]).toEqual([['PROCESSING'], 0, 0, []])
    expect(lines).toMatchObject([{ message: 'image left alone', details: { imageId: ID, reason: kind } }])
  })

  it('is content when another delivery has finished it meanwhile', async () => {
    const { end, tallied } = await develop('baselineJpeg', {
      record: async ({ status }) =>
        status === 'PROCESSING'
          ? {
              kind: 'recorded',
              image: {
                contentType: 'image/jpeg',
                byteSize: (await fixture('baselineJpeg')).bytes.length,
                mediaKey: 'm',
              } as never,
            }
          : { kind: 'already-finished' },
    })
    expect(end).toBeUndefined()
    expect(tallied).toEqual([])
  })

  it('makes the same bytes under the same keys when it is done again', async () => {
    const first = await develop('baselineJpeg')
    const second = await develop('baselineJpeg')
    expect([...second.media]).toEqual([...first.media])
    expect(second.reports).toEqual(first.reports)
  })

  it.each([
    ['the claim', { record: async () => Promise.reject(new Error('unreachable')) }, ['PROCESSING']],
    ['storing', { write: async () => Promise.reject(new Error('unreachable')) }, ['PROCESSING']],
  ])('throws, and records no outcome, when %s fails', async (_name, given: Given, reported) => {
    const { end, reports } = await develop('baselineJpeg', given)
    expect(end).toMatchObject({ message: 'unreachable' })
    expect(statuses(reports)).toEqual(reported)
  })

  it('says in one line how long each step took', async () => {
    const { lines } = await develop('baselineJpeg')
    expect(lines).toHaveLength(1)
    expect(Object.keys(lines[0]!.details.times as object)).toEqual(STEPS.names)
  })
})
