import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { colourDifference, inSrgb, type Triple } from './colour-difference.ts'
import { developed } from './developed.ts'
import { withJpegSegment, withPngChunk } from './file-inserts.ts'
import { matrixProfile, WIDE_GAMUT } from './icc-profile.ts'
import { deflateSync } from 'node:zlib'

/** Patches side by side, in each space's own numbers, 0-255; sRGB has each of these colours too. */
const PATCHES: Triple[] = [
  [255, 255, 255],
  [128, 128, 128],
  [16, 16, 16],
  [180, 90, 70],
  [90, 140, 90],
  [80, 100, 170],
  [200, 180, 90],
  [150, 80, 140],
]
const PATCH_PX = 40

/** What lossy encodings and 8 bits leave, CIE76; a profile that is not applied differs by 6 and more. */
const ALIKE = 3

const LEVELS = 255
const ratio = (colour: readonly number[]) => colour.map((value) => value / LEVELS) as Triple

function patches() {
  const width = PATCHES.length * PATCH_PX
  const data = Buffer.alloc(width * PATCH_PX * 3)
  for (let at = 0; at < width * PATCH_PX; at += 1) data.set(PATCHES[Math.floor((at % width) / PATCH_PX)]!, at * 3)
  return sharp(data, { raw: { width, height: PATCH_PX, channels: 3 } })
}

/** Colours in the middle of each patch of a file, 0-255. */
async function patchesOf(file: Buffer): Promise<Triple[]> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return PATCHES.map((_, index) => {
    const x = Math.floor(((index + 0.5) / PATCHES.length) * info.width)
    const at = (Math.floor(info.height / 2) * info.width + x) * info.channels
    return [data[at]!, data[at + 1]!, data[at + 2]!]
  })
}

async function differences(file: Buffer, expected: Triple[]): Promise<number[]> {
  return (await patchesOf(file)).map((shown, index) => colourDifference(ratio(shown), expected[index]!))
}

async function largestDifference(original: Fixture, expected: Triple[]): Promise<number> {
  const { outcome, files } = await developed(original)
  expect(outcome.status).toBe('READY')
  const of = await Promise.all([...files.values()].map((file) => differences(file, expected)))
  return Math.max(...of.flat())
}

const wide = matrixProfile(WIDE_GAMUT)
const wideJpeg = async () =>
  withJpegSegment(
    await patches().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer(),
    0xe2,
    Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), wide]),
  )
const widePng = async () =>
  withPngChunk(await patches().png().toBuffer(), 'iCCP', Buffer.concat([Buffer.from('p\0\0'), deflateSync(wide)]))

describe('colours', () => {
  const inWide = PATCHES.map((patch) => inSrgb('adobeRgb', ratio(patch)))

  it('of sRGB stay as they are', async () => {
    const original = { bytes: await patches().png().toBuffer(), contentType: 'image/png' }
    expect(await largestDifference(original, PATCHES.map(ratio))).toBeLessThan(ALIKE)
  })

  it('of a wide gamut, described by a profile in a JPEG, are what arithmetic says they are in sRGB', async () => {
    expect(await largestDifference({ bytes: await wideJpeg(), contentType: 'image/jpeg' }, inWide)).toBeLessThan(ALIKE)
  })

  it('of a wide gamut in a PNG likewise', async () => {
    expect(await largestDifference({ bytes: await widePng(), contentType: 'image/png' }, inWide)).toBeLessThan(ALIKE)
  })

  it('of a wide gamut with alpha and with 16 bits likewise', async () => {
    for (const file of [patches().ensureAlpha(), patches().toColourspace('rgb16')]) {
      const bytes = withPngChunk(
        await file.png().toBuffer(),
        'iCCP',
        Buffer.concat([Buffer.from('p\0\0'), deflateSync(wide)]),
      )
      expect(await largestDifference({ bytes, contentType: 'image/png' }, inWide)).toBeLessThan(ALIKE)
    }
  })

  it('of Display P3, as phones write it, are what arithmetic says they are in sRGB', async () => {
    // The numbers stay and the profile is laid on: the patches are then P3's own.
    const p3 = await patches().withIccProfile('p3').jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer()
    const { icc } = await sharp(p3).metadata()
    const bytes = withJpegSegment(
      await patches().jpeg({ quality: 98, chromaSubsampling: '4:4:4' }).toBuffer(),
      0xe2,
      Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), icc!]),
    )
    const expected = PATCHES.map((patch) => inSrgb('displayP3', ratio(patch)))
    expect(await largestDifference({ bytes, contentType: 'image/jpeg' }, expected)).toBeLessThan(ALIKE)
  })

  it('of four inks are near what was printed', async () => {
    const original = {
      bytes: await patches().toColourspace('cmyk').jpeg({ quality: 98 }).toBuffer(),
      contentType: 'image/jpeg',
    }
    expect(await largestDifference(original, PATCHES.map(ratio))).toBeLessThan(3 * ALIKE)
  })

  it('of a profile that is broken are taken for sRGB', async () => {
    const broken = Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), wide.subarray(0, 200)])
    const bytes = withJpegSegment(await patches().jpeg({ quality: 98 }).toBuffer(), 0xe2, broken)
    expect(await largestDifference({ bytes, contentType: 'image/jpeg' }, PATCHES.map(ratio))).toBeLessThan(2 * ALIKE)
  })

  it('would differ if a profile were left out: the difference shows', async () => {
    const worst = Math.max(
      ...(await differences(await wideJpeg().then((bytes) => sharp(bytes).png().toBuffer()), PATCHES.map(ratio))),
    )
    expect(worst).toBeGreaterThan(2 * ALIKE)
  })

  it('of a grey picture stay grey', async () => {
    const { files } = await developed(await fixture('greyJpeg'))
    for (const file of files.values()) {
      const { channels } = await sharp(file).stats()
      expect(Math.abs(channels[0]!.mean - channels[2]!.mean)).toBeLessThan(1)
    }
  })
})
