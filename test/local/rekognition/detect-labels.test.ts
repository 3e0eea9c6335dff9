import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  DetectLabelsCommand,
  DetectModerationLabelsCommand,
  RekognitionClient,
  type DetectLabelsCommandInput,
} from '@aws-sdk/client-rekognition'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AwsError } from '../../../local/aws/errors.ts'
import type { AccessRequest } from '../../../local/aws/iam.ts'
import { createJsonPort } from '../../../local/aws/json-port.ts'
import { LOOPBACK } from '../../../local/ports.ts'
import { createRekognition } from '../../../local/rekognition/rekognition.ts'
import { beach, colourless, draw, flat, lampsAtNight, leaves, page, stones, sundown } from './pictures.ts'

const REGION = 'eu-west-1'

/** The category of the one label that every picture gets. */
const COLORS = 'Colors and Visual Composition'

describe('DetectLabels', () => {
  const asked: AccessRequest[] = []
  let isDenied = false
  const rekognition = createRekognition({
    authorizer: {
      authorize(_caller, request) {
        asked.push(request)
        if (isDenied) throw new AwsError('AccessDenied', 'not allowed', 403)
      },
    },
  })
  const signatures = {
    verify: () => ({
      caller: { kind: 'operator' as const, arn: 'arn' },
      presigned: false,
      signedHeaders: [],
      payloadHash: '',
    }),
  }
  const server = createServer(
    createJsonPort({
      services: [{ service: rekognition, signingName: 'rekognition' }],
      signatures,
      region: REGION,
      log: () => undefined,
    }),
  )
  let sdk: RekognitionClient

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, LOOPBACK, listening))
    sdk = new RekognitionClient({
      endpoint: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
      region: REGION,
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
  })
  beforeEach(() => {
    isDenied = false
    asked.length = 0
  })
  afterAll(async () => {
    sdk.destroy()
    await new Promise((closed) => server.close(closed))
  })

  const detect = (Bytes: Uint8Array, more: Partial<DetectLabelsCommandInput> = {}) =>
    sdk.send(new DetectLabelsCommand({ Image: { Bytes }, ...more }))
  const namesOf = async (Bytes: Uint8Array, more: Partial<DetectLabelsCommandInput> = {}) =>
    ((await detect(Bytes, more)).Labels ?? [])
      .filter((label) => label.Categories?.[0]?.Name !== COLORS)
      .map((label) => label.Name)
      .sort()
  const colorsOf = async (Bytes: Uint8Array) =>
    (await detect(Bytes)).Labels?.filter((label) => label.Categories?.[0]?.Name === COLORS).map((label) => label.Name)

  describe('names what pixels can carry, with every ancestor', () => {
    it.each([
      ['a sky over stones', stones, ['Nature', 'Outdoors', 'Sky']],
      ['a sky over sand, which might as well be a wall', beach, ['Nature', 'Outdoors', 'Sky']],
      ['leaves', leaves, ['Plant', 'Vegetation']],
      ['a low sun', sundown, ['Nature', 'Outdoors', 'Sky', 'Sunset']],
      ['lamps at night', lampsAtNight, ['Nature', 'Night', 'Outdoors']],
      ['a page', page, ['Text']],
    ] as const)('%s', async (_, picture, expected) => {
      expect(await namesOf(await picture())).toEqual(expected)
    })
  })

  describe('claims nothing that it cannot see', () => {
    it.each([
      ['white', () => flat([255, 255, 255])],
      ['black', () => flat([0, 0, 0])],
      ['sky-blue paint all over', () => flat([110, 165, 225])],
      ['green paint', () => flat([60, 140, 50])],
      ['skin and hair', () => flat([70, 45, 30], [224, 172, 140])],
      ['a red wall over a floor', () => flat([180, 40, 40], [90, 70, 50])],
      ['a colour wheel', () => draw((x, y) => [255 * x, 255 * y, 255 * (1 - x)])],
    ])('in %s', async (_, picture) => {
      expect(await namesOf(await picture(), { MinConfidence: 0 })).toEqual([])
    })
  })

  describe('names the one colour that covers most of any picture', () => {
    it.each([
      ['White', () => flat([255, 255, 255])],
      ['Black', () => flat([0, 0, 0])],
      ['Gray', () => flat([128, 128, 128])],
      ['Gray', colourless],
      ['Blue', () => flat([30, 60, 200])],
      ['Green', () => flat([60, 140, 50])],
      ['Red', () => draw((x) => (x < 0.6 ? [200, 20, 20] : [20, 20, 200]))],
    ] as const)('%s', async (expected, picture) => {
      expect(await colorsOf(await picture())).toEqual([expected])
    })

    it('and is the surer of it, the more it covers', async () => {
      const sureness = async (share: number) => {
        const { Labels } = await detect(await draw((x) => (x < share ? [200, 20, 20] : [20, 20, 200])))
        return Labels?.[0]?.Confidence ?? 0
      }
      expect(await sureness(1)).toBeCloseTo(98, 0)
      expect(await sureness(0.6)).toBeCloseTo(60 + 38 * 0.6, 0)
    })
  })

  it('answers in the shape of the API, and says by its version what it is', async () => {
    const { Labels, LabelModelVersion, ImageProperties } = await detect(await stones())
    expect(LabelModelVersion).toBe('local-pixels-1.0')
    expect(ImageProperties).toBeUndefined()
    expect(Labels?.find((label) => label.Name === 'Sky')).toEqual({
      Name: 'Sky',
      Confidence: expect.any(Number),
      Instances: [],
      Parents: [{ Name: 'Nature' }, { Name: 'Outdoors' }],
      Aliases: [],
      Categories: [{ Name: 'Nature and Outdoors' }],
    })
    for (const { Confidence } of Labels ?? [])
      expect(Confidence).toSatisfy((value: number) => value >= 55 && value <= 100)
  })

  it('answers the same to the same picture', async () => {
    const picture = await sundown()
    const features = { Features: ['GENERAL_LABELS', 'IMAGE_PROPERTIES'] } satisfies Partial<DetectLabelsCommandInput>
    const { $metadata: _first, ...first } = await detect(picture, features)
    const { $metadata: _second, ...second } = await detect(picture, features)
    expect(second).toEqual(first)
  })

  it('keeps to MaxLabels, the surest first, and to MinConfidence', async () => {
    const picture = await stones()
    expect((await detect(picture, { MaxLabels: 1 })).Labels).toHaveLength(1)
    expect((await detect(picture, { MinConfidence: 100 })).Labels).toEqual([])
  })

  it.each([
    [{ LabelInclusionFilters: ['Sky'] }, ['Sky']],
    [{ LabelExclusionFilters: ['Sky', 'Nature'] }, ['Outdoors']],
    [{ LabelCategoryInclusionFilters: ['Text and Documents'] }, []],
    [{ LabelCategoryExclusionFilters: ['Nature and Outdoors'] }, []],
  ])('filters by %j', async (GeneralLabels, expected) => {
    expect(await namesOf(await stones(), { Settings: { GeneralLabels } })).toEqual(expected)
  })

  it('turns a picture as its EXIF orientation says', async () => {
    const onItsSide = await sharp(await stones())
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer()
    expect(await namesOf(onItsSide)).toContain('Sky')
  })

  describe('with IMAGE_PROPERTIES', () => {
    const properties = async (Bytes: Uint8Array, Settings?: DetectLabelsCommandInput['Settings']) => {
      const answer = await detect(Bytes, { Features: ['IMAGE_PROPERTIES'], Settings })
      expect(answer.Labels).toEqual([])
      return answer.ImageProperties ?? {}
    }

    it('names the dominant colours, most pixels first', async () => {
      const { DominantColors = [] } = await properties(await draw((x) => (x < 0.7 ? [255, 0, 0] : [0, 0, 255])))
      expect(DominantColors).toMatchObject([
        { CSSColor: 'red', SimplifiedColor: 'red', HexCode: expect.stringMatching(/^#f[ef]0[0-2]0[0-2]$/) },
        { CSSColor: 'blue', SimplifiedColor: 'blue' },
      ])
      expect(DominantColors[0]?.PixelPercent).toBeCloseTo(70, 0)
    })

    it('keeps to MaxDominantColors', async () => {
      const Settings = { ImageProperties: { MaxDominantColors: 2 } }
      expect((await properties(await sundown(), Settings)).DominantColors).toHaveLength(2)
    })

    it('measures brightness, contrast and sharpness', async () => {
      const sharpPicture = await page()
      const blurred = await sharp(sharpPicture).blur(4).jpeg().toBuffer()
      const [clear, soft, night, white] = [
        await properties(sharpPicture),
        await properties(blurred),
        await properties(await lampsAtNight()),
        await properties(await flat([255, 255, 255])),
      ].map((answer) => answer.Quality ?? {})
      expect(clear?.Sharpness).toBeGreaterThan(90)
      expect(soft?.Sharpness).toBeLessThan(40)
      expect(night?.Brightness).toBeLessThan(30)
      expect(white).toEqual({ Brightness: 100, Sharpness: 0, Contrast: 0 })
      expect(clear?.Contrast).toBeGreaterThan(70)
    })
  })

  describe('refuses', () => {
    const refused = (attempt: Promise<unknown>, name: string) => expect(attempt).rejects.toMatchObject({ name })

    it('what is neither JPEG nor PNG', async () => {
      const webp = await sharp(await stones())
        .webp()
        .toBuffer()
      await refused(detect(webp), 'InvalidImageFormatException')
      await refused(detect(Buffer.from('GIF89a, or so it says')), 'InvalidImageFormatException')
    })

    it('a file that breaks off', async () => {
      const whole = await stones()
      await refused(detect(whole.subarray(0, whole.length / 2)), 'InvalidImageFormatException')
    })

    it('a side of 79 pixels, and takes one of 80', async () => {
      await refused(detect(await draw(() => [9, 9, 9], 79, 200)), 'InvalidParameterException')
      expect(await namesOf(await draw(() => [9, 9, 9], 80, 200))).toEqual([])
    })

    it('a side of 10,001 pixels, and takes one of 10,000', async () => {
      await refused(detect(await draw(() => [9, 9, 9], 10_001, 80)), 'ImageTooLargeException')
      expect(await namesOf(await draw(() => [9, 9, 9], 10_000, 80))).toEqual([])
    })

    it('more than 5 MB', async () => {
      await refused(detect(Buffer.alloc(5_242_881)), 'ValidationException')
      await refused(detect(Buffer.alloc(5_242_880)), 'InvalidImageFormatException')
    })

    it.each([
      [{ MaxLabels: -1 }],
      [{ MaxLabels: 1.5 }],
      [{ MinConfidence: 101 }],
      [{ Features: ['FACES' as 'GENERAL_LABELS'] }],
      [{ Features: ['IMAGE_PROPERTIES' as const], MaxLabels: 3 }],
      [{ Image: {} }],
      [{ Image: { Bytes: new Uint8Array() } }],
    ])('%j', async (more) => {
      await refused(detect(await flat([1, 2, 3]), more), 'InvalidParameterException')
    })

    it('a caller whom IAM does not allow it', async () => {
      isDenied = true
      await refused(detect(await flat([1, 2, 3])), 'AccessDeniedException')
      expect(asked).toEqual([{ action: 'rekognition:DetectLabels', resource: '*' }])
    })

    it('by name what is not emulated', async () => {
      await refused(detect(new Uint8Array(), { Image: { S3Object: { Bucket: 'b', Name: 'n' } } }), 'NotImplemented')
      await refused(
        sdk.send(new DetectModerationLabelsCommand({ Image: { Bytes: await stones() } })),
        'NotImplemented',
      )
    })
  })
})
