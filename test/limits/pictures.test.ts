import sharp from 'sharp'
import { expect, it } from 'vitest'
import { decodePicture } from '../../functions/lib/decode-picture.ts'
import { measurePicture } from '../../functions/lib/measure-picture.ts'
import {
  MAX_AVIF_PIXELS, MAX_DECODE_SECONDS, MAX_JPEG_PIXELS, MAX_PIXELS, MAX_SIDE_PX,
} from '../../functions/lib/picture-limits.ts'

const WIDTH = 10_000

/** A still PNG of one colour; its header alone is read. */
const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'grey' } }).png({ compressionLevel: 1 }).toBuffer()

it('a picture has MAX_PIXELS and no more', async () => {
  const rows = MAX_PIXELS / WIDTH
  const exactly = await measurePicture(await png(WIDTH, rows), 'png')
  expect(exactly.size.width * exactly.size.height).toBe(MAX_PIXELS)
  await expect(measurePicture(await png(WIDTH, rows + 1), 'png')).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' })
})

it.each([
  ['a JPEG has more, for it shrinks while it is decoded', 'jpeg', MAX_JPEG_PIXELS],
  ['an AVIF has fewer, for it needs more memory', 'avif', MAX_AVIF_PIXELS],
] as const)('%s', async (_, format, most) => {
  // The header of any format is measured alike: the pixels of a PNG are counted as the other's.
  await expect(measurePicture(await png(WIDTH, most / WIDTH), format)).resolves.toMatchObject({ frames: 1 })
  await expect(measurePicture(await png(WIDTH, most / WIDTH + 1), format))
    .rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' })
})

it('a decode has its time and no more: IMAGE_TOO_COMPLEX', async () => {
  const slow = sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: 'grey' } })
  const bytes = await slow.toColourspace('rgb16').png({ progressive: true, compressionLevel: 1 }).toBuffer()
  const measured = await measurePicture(bytes, 'png')
  const wanted = { size: { width: 1_920, height: 1_920 }, frames: 1 }
  await expect(decodePicture(bytes, measured, wanted, 1)).rejects.toMatchObject({
    code: 'IMAGE_TOO_COMPLEX',
    message: 'The picture takes too long to decode: expected at most 1 seconds, received more.',
  })
  expect(MAX_DECODE_SECONDS).toBeGreaterThan(1)
  await expect(decodePicture(bytes, measured, wanted)).resolves.toMatchObject(wanted.size)
})

it('a side has MAX_SIDE_PX and no more', async () => {
  await expect(measurePicture(await png(MAX_SIDE_PX, 1), 'png')).resolves.toMatchObject({ size: { height: 1 } })
  await expect(measurePicture(await png(MAX_SIDE_PX + 1, 1), 'png'))
    .rejects.toMatchObject({ code: 'IMAGE_TOO_ELONGATED' })
})
