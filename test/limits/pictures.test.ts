import sharp, { type Sharp } from 'sharp'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { measurePicture } from '../../functions/lib/measure-picture.ts'
import {
  MAX_AVIF_PIXELS, MAX_DECODE_SECONDS, MAX_JPEG_PIXELS, MAX_PIXELS, MAX_SIDE_PX,
} from '../../functions/lib/picture-limits.ts'
import { pngThatClaims } from '../fixtures/index.ts'

const WIDTH = 10_000

/** Of a blur that looks at thousands of pixels for each, twice: the most that sharp takes. */
const SLOW_SIGMA = 1_000

/** A PNG of which the header alone is true, and read. */
const claiming = (width: number, height: number) => pngThatClaims({ width, height })

/** A PNG of one colour. */
const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'grey' } }).png({ compressionLevel: 1 }).toBuffer()

it('a picture has MAX_PIXELS and no more', async () => {
  const rows = MAX_PIXELS / WIDTH
  const exactly = await measurePicture(await claiming(WIDTH, rows), 'png')
  expect(exactly.size.width * exactly.size.height).toBe(MAX_PIXELS)
  await expect(measurePicture(await claiming(WIDTH, rows + 1), 'png')).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' })
})

it.each([
  ['a JPEG has more, for it shrinks while it is decoded', 'jpeg', MAX_JPEG_PIXELS],
  ['an AVIF has fewer, for it needs more memory', 'avif', MAX_AVIF_PIXELS],
] as const)('%s', async (_, format, most) => {
  // The header of any format is measured alike: the pixels of a PNG are counted as the other's.
  await expect(measurePicture(await claiming(WIDTH, most / WIDTH), format)).resolves.toMatchObject({ frames: 1 })
  await expect(measurePicture(await claiming(WIDTH, most / WIDTH + 1), format))
    .rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' })
})

describe('a decode has MAX_DECODE_SECONDS and no more', () => {
  afterEach(() => vi.restoreAllMocks())

  it('of which sharp holds it to each', async () => {
    const timeout = vi.spyOn(sharp.prototype, 'timeout')
    await expect(decode(await png(300, 200))).resolves.toMatchObject({ width: 300, height: 200 })
    expect(timeout).toHaveBeenCalledExactlyOnceWith({ seconds: MAX_DECODE_SECONDS })
  })

  it('and ends IMAGE_TOO_COMPLEX when they are over', async () => {
    const { timeout } = sharp.prototype
    // Slow on any machine, for what the decoder reads: and a second in place of them all.
    vi.spyOn(sharp.prototype, 'timeout').mockImplementation(function (this: Sharp) {
      return timeout.call(this, { seconds: 1 }).blur(SLOW_SIGMA)
    })
    await expect(decode(await png(2_000, 2_000))).rejects.toMatchObject({
      code: 'IMAGE_TOO_COMPLEX',
      message: `The picture takes too long to decode: expected at most ${MAX_DECODE_SECONDS} seconds, received more.`,
    })
  })
})

async function decode(bytes: Buffer) {
  const measured = await measurePicture(bytes, 'png')
  return decodePicture(bytes, measured, { size: measured.size, frames: 1 })
}

it('a side has MAX_SIDE_PX and no more', async () => {
  await expect(measurePicture(await claiming(MAX_SIDE_PX, 1), 'png')).resolves.toMatchObject({ size: { height: 1 } })
  await expect(measurePicture(await claiming(MAX_SIDE_PX + 1, 1), 'png'))
    .rejects.toMatchObject({ code: 'IMAGE_TOO_ELONGATED' })
})
