import sharp from 'sharp'
import { fixture, orientedAnimation, type Fixture, type FixtureName } from '../fixtures/index.ts'

/** A sound file to start from, and what it is called in a report. */
export interface Seed extends Fixture {
  name: string
}

/** Small ones, of every format and of every way in which a decoder can be led through it. */
const FIXTURES: FixtureName[] = [
  'baselineJpeg', 'progressiveJpeg', 'cmykJpeg', 'greyJpeg', 'displayP3Jpeg', 'taggedJpeg',
  'alphaPng', 'sixteenBitPng', 'interlacedPng', 'palettePng', 'icon', 'onePixel',
  'webp', 'animatedWebp', 'animatedGif', 'avif', 'tiff', 'heic', 'turnedHeic', 'alphaHeic', 'taggedHeic',
]

/** Sides of what only a fuzz run needs, in pixels. */
const TINY = { width: 96, height: 64 } as const

/** Exif orientation of a camera held upright. */
const TURNED_RIGHT = 6

/** A ramp with a see-through side: colours, edges and alpha in few bytes. */
function ramp() {
  const pixels = Buffer.alloc(TINY.width * TINY.height * 4)
  for (let at = 0; at < TINY.width * TINY.height; at += 1) {
    const [x, y] = [at % TINY.width, Math.floor(at / TINY.width)]
    pixels.set([x * 2, y * 3, (x ^ y) & 0xff, x < y ? 255 : x * 2], at * 4)
  }
  return sharp(pixels, { raw: { ...TINY, channels: 4 } })
}

const tiff = (bytes: Buffer): Fixture => ({ bytes, contentType: 'image/tiff' })
const png = (bytes: Buffer): Fixture => ({ bytes, contentType: 'image/png' })
const webp = (bytes: Buffer): Fixture => ({ bytes, contentType: 'image/webp' })
const opaque = () => ramp().flatten({ background: 'white' })

const MADE: Record<string, () => Promise<Fixture>> = {
  turnedAnimation: () => orientedAnimation(TURNED_RIGHT),
  greyAlphaPng: async () => png(await ramp().toColourspace('b-w').png().toBuffer()),
  bilevelPng: async () => png(await opaque().greyscale().png({ palette: true, colours: 2 }).toBuffer()),
  interlacedSixteenBitPng: async () => png(await ramp().toColourspace('rgb16').png({ progressive: true }).toBuffer()),
  deepGreyPng: async () => png(await ramp().toColourspace('grey16').png().toBuffer()),
  losslessWebp: async () => webp(await ramp().webp({ lossless: true }).toBuffer()),
  alphaWebp: async () => webp(await ramp().webp().toBuffer()),
  taggedWebp: async () =>
    webp(await opaque().withIccProfile('p3').withExif({ IFD0: { Make: 'Camera' } }).webp().toBuffer()),
  alphaAvif: async () => ({ bytes: await ramp().avif({ effort: 0 }).toBuffer(), contentType: 'image/avif' }),
  losslessAvif: async () => ({
    bytes: await opaque().avif({ effort: 0, lossless: true }).toBuffer(),
    contentType: 'image/avif',
  }),
  lzwTiff: async () => tiff(await ramp().tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer()),
  deflateTiff: async () => tiff(await opaque().tiff({ compression: 'deflate' }).toBuffer()),
  packbitsTiff: async () => tiff(await opaque().tiff({ compression: 'packbits' }).toBuffer()),
  uncompressedTiff: async () => tiff(await opaque().tiff({ compression: 'none' }).toBuffer()),
  faxTiff: async () =>
    tiff(await opaque().threshold().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer()),
  tiledTiff: async () =>
    tiff(await opaque().tiff({ tile: true, tileWidth: 32, tileHeight: 32, pyramid: true }).toBuffer()),
  bigTiff: async () => tiff(await opaque().tiff({ compression: 'jpeg', bigtiff: true }).toBuffer()),
  sixteenBitTiff: async () => tiff(await ramp().toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer()),
  stillGif: async () => ({ bytes: await ramp().gif().toBuffer(), contentType: 'image/gif' }),
  interlacedGif: async () => ({
    bytes: await opaque().gif({ progressive: true }).toBuffer(),
    contentType: 'image/gif',
  }),
}

/** Every seed, made once and held in memory: some 400 kB. */
export async function makeSeeds(): Promise<Seed[]> {
  const fixtures = FIXTURES.map(async (name) => ({ name, ...(await fixture(name)) }))
  const made = Object.entries(MADE).map(async ([name, make]) => ({ name, ...(await make()) }))
  return Promise.all([...fixtures, ...made])
}
