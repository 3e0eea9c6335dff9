import sharp from 'sharp'
import type { Random } from '../fuzz/random.ts'
import type { Fixture } from '../fixtures/index.ts'

/** Sides in pixels: large enough to be labelled, small enough that hundreds take seconds; and one that is too small. */
const PICTURE = { width: 240, height: 160 } as const
const ICON = { width: 48, height: 48 } as const

/** Shares of files that are broken, and of pictures that Rekognition can't take. */
const BROKEN = 0.08
const TOO_SMALL = 0.08

const FORMATS = ['jpeg', 'png', 'webp', 'tiff'] as const

/** A picture that no other number has, in one of the formats; now and then a broken one. */
export async function pictureOf(number: number, random: Random): Promise<Fixture> {
  const format = random.pick(FORMATS)
  const size = random.chance(TOO_SMALL) ? ICON : PICTURE
  const background = `#${((number * 0x9e37) % 0x1_00_00_00).toString(16).padStart(6, '0')}`
  const mark = { create: { width: 20, height: 20, channels: 3 as const, background: 'white' } }
  const bytes = await sharp({ create: { ...size, channels: 3, background } })
    .composite([{ input: mark, left: random.below(size.width - 20), top: random.below(size.height - 20) }])
    .toFormat(format)
    .toBuffer()
  const whole = random.chance(BROKEN) ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes
  return { bytes: whole, contentType: `image/${format}` }
}
