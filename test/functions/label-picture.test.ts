import { RekognitionClient } from '@aws-sdk/client-rekognition'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { LABELS_DEADLINE_MS, startLabelling, type Labeler } from '../../functions/lib/label-picture.ts'
import { createLabeler } from '../../functions/lib/rekognition.ts'
import { fixture, type FixtureName } from '../fixtures/index.ts'
import { givenLog, HandClock, MEADOW, SKY } from './given.ts'
import { decoded } from './picture-pixels.ts'

async function label(name: FixtureName, detect: Labeler['detect']) {
  const { raster, measured } = await decoded(await fixture(name))
  const clock = new HandClock()
  const { log, lines } = givenLog()
  const jpegs: Uint8Array[] = []
  const labeler: Labeler = {
    detect(jpeg, signal) {
      jpegs.push(jpeg)
      return detect(jpeg, signal)
    },
  }
  const { labelling } = await startLabelling(raster, measured.size, { labeler, clock, log })
  return { labelling, clock, lines, jpegs }
}

describe('labelling', () => {
  it('sends one JPEG of about a megapixel, upright and without metadata', async () => {
    const { jpegs } = await label('photo', async () => [])
    expect(jpegs).toHaveLength(1)
    const { format, width, height, space, exif, icc } = await sharp(jpegs[0]).metadata()
    expect({ format, width, height, space, exif, icc }).toEqual({
      format: 'jpeg',
      width: 1225,
      height: 817,
      space: 'srgb',
    })
  })

  it('answers the labels, most certain first', async () => {
    const { labelling, clock } = await label('baselineJpeg', async () => [SKY, MEADOW])
    expect(await labelling).toEqual({ labels: [MEADOW, SKY], labelsStatus: 'READY' })
    expect(clock.pendingCalls).toBe(0)
  })

  it.each(['icon', 'onePixel', 'hairline'] as const)('skips %s, and asks nobody', async (name) => {
    const { labelling, jpegs } = await label(name, async () => [SKY])
    expect(await labelling).toEqual({ labels: [], labelsStatus: 'SKIPPED_TOO_SMALL' })
    expect(jpegs).toHaveLength(0)
  })

  it('is unavailable when Rekognition fails, which is logged and not thrown', async () => {
    const { labelling, lines } = await label('baselineJpeg', async () =>
      Promise.reject(new Error('ThrottlingException')),
    )
    expect(await labelling).toEqual({ labels: [], labelsStatus: 'UNAVAILABLE' })
    expect(lines).toMatchObject([{ level: 'warn', details: { error: { message: 'ThrottlingException' } } }])
  })

  it('waits for no answer longer than its deadline', async () => {
    const never = (_jpeg: Uint8Array, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    const { labelling, clock } = await label('baselineJpeg', never)
    clock.advance(LABELS_DEADLINE_MS)
    expect(await labelling).toEqual({ labels: [], labelsStatus: 'UNAVAILABLE' })
  })

  it.each(['animatedGif', 'alphaPng', 'greyJpeg'] as const)(
    'sends the first frame of %s, on white where it is see-through',
    async (name) => {
      const { jpegs } = await label(name, async () => [])
      const { width, height, pages } = await sharp(jpegs[0]).metadata()
      expect({ width, height, pages }).toEqual({ width: 320, height: 200 })
      if (name !== 'alphaPng') return
      const [red, green, blue] = await sharp(jpegs[0]).raw().toBuffer()
      expect(Math.min(red!, green!, blue!)).toBeGreaterThan(250)
    },
  )
})

describe('Rekognition', () => {
  /** The real client, with an answer in place of the network. */
  function given(answer: unknown) {
    const sent: unknown[] = []
    const client = new RekognitionClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    })
    client.middlewareStack.add(
      () => async (args) => {
        sent.push(args.input)
        return { output: { $metadata: {}, ...(answer as object) }, response: {} }
      },
      { step: 'initialize', priority: 'high' },
    )
    return { labeler: createLabeler(client), sent }
  }
  const signal = new AbortController().signal

  it('is sent the bytes, once', async () => {
    const { labeler, sent } = given({ Labels: [] })
    await labeler.detect(Buffer.from('jpeg'), signal)
    expect(sent).toEqual([{ Image: { Bytes: Buffer.from('jpeg') }, MinConfidence: 55, MaxLabels: 50 }])
  })

  it('is understood: parents, places, confidence in percent', async () => {
    const BoundingBox = { Left: -0.01, Top: 0.2, Width: 0.5, Height: 0.25 }
    const { labeler } = given({
      Labels: [
        {
          Name: 'Dog',
          Confidence: 98.7,
          Parents: [{ Name: 'Animal' }, {}],
          Instances: [{ BoundingBox, Confidence: 97 }, {}],
        },
        { Name: 'Grass', Confidence: 60 },
        { Confidence: 60 },
      ],
    })
    expect(await labeler.detect(Buffer.from('jpeg'), signal)).toEqual([
      {
        name: 'Dog',
        confidence: 98.7,
        parents: ['Animal'],
        instances: [{ boundingBox: { left: -0.01, top: 0.2, width: 0.5, height: 0.25 }, confidence: 97 }],
      },
      { name: 'Grass', confidence: 60, parents: [], instances: [] },
    ])
  })
})
