import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { webpChunks } from '../functions/picture-pixels.ts'
import { developed } from './developed.ts'
import { GPS_BYTES, PLANTED, SECRETS } from './planted.ts'
import { avifBoxes, jpegSegments } from './variant-parts.ts'

/** Every format that a variant can have, small. */
const ALL_FORMATS = 'avif:160;webp:480,160;jpeg:480'

/** All that a variant's file may consist of: pixels, and how to show them. */
const WEBP_CHUNKS = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF']
const JPEG_APP0 = 0xe0
/** JFIF's fields before its thumbnail, whose two sides are the last; in bytes. */
const JFIF_BYTES = 14
const JPEG_PICTURE_MARKERS = [0xc0, 0xc1, 0xc2, 0xc4, 0xda, 0xdb, 0xdd, JPEG_APP0]
const AVIF_BOXES = [
  'ftyp',
  'meta',
  'hdlr',
  'pitm',
  'iloc',
  'iinf',
  'infe',
  'iref',
  'iprp',
  'ipco',
  'ipma',
  'ispe',
  'pixi',
  'av1C',
  'colr',
  'auxC',
  'mdat',
  'free',
  'pasp',
  'clli',
  'mdcv',
]

/** Parts of a file that are neither pixels nor needed to show them. */
function strange(key: string, bytes: Buffer): string[] {
  if (key.endsWith('.webp')) return webpChunks(bytes).filter((name) => !WEBP_CHUNKS.includes(name))
  if (key.endsWith('.avif')) {
    return avifBoxes(bytes).flatMap(({ name, content }) => {
      if (!AVIF_BOXES.includes(name)) return [name]
      if (name === 'infe' && /Exif|mime|uri /.test(content.toString('latin1'))) return ['infe of metadata']
      return name === 'colr' && !content.toString('latin1').startsWith('nclx') ? ['colr with a profile'] : []
    })
  }
  if (key.endsWith('.jpeg')) {
    return jpegSegments(bytes).flatMap(({ marker, payload }) => {
      if (!JPEG_PICTURE_MARKERS.includes(marker)) return [`segment ${marker.toString(16)}`]
      return marker === JPEG_APP0 && payload.length > JFIF_BYTES ? ['JFIF with a thumbnail'] : []
    })
  }
  return [`a file ${key} that no test knows the inside of`]
}

describe.each(Object.keys(PLANTED))('of %s', (name) => {
  it('the original holds what must not get out', async () => {
    const { original, secrets } = await PLANTED[name]!()
    for (const secret of secrets) expect(original.bytes.includes(SECRETS[secret]), secret).toBe(true)
    if (secrets.includes('gps')) expect(GPS_BYTES.some((place) => original.bytes.includes(place))).toBe(true)
  })

  it('no variant, and not what Rekognition sees, holds a word of it, nor any part but pixels', async () => {
    const { original } = await PLANTED[name]!()
    const { outcome, files, labelled } = await developed(original, { variants: ALL_FORMATS })
    expect(outcome.status).toBe('READY')
    expect(new Set(outcome.variants!.map(({ format }) => format))).toEqual(
      new Set(outcome.isAnimated ? ['webp', 'jpeg'] : ['avif', 'webp', 'jpeg']),
    )
    for (const [key, bytes] of [...files, ['labelled.jpeg', labelled!] as const]) {
      for (const [secret, words] of Object.entries(SECRETS))
        expect(bytes.includes(words), `${secret} in ${key}`).toBe(false)
      expect(
        GPS_BYTES.some((place) => bytes.includes(place)),
        `a place in ${key}`,
      ).toBe(false)
      expect(strange(key, bytes), key).toEqual([])
      const { exif, xmp, iptc, icc, comments } = await sharp(bytes).metadata()
      expect({ exif, xmp, iptc, icc, comments }, key).toEqual({})
    }
  })

  it('nothing that is recorded, but for what is asked for by name, holds a word of it', async () => {
    const { original } = await PLANTED[name]!()
    const { outcome } = await developed(original)
    expect(JSON.stringify(outcome)).not.toContain('SECRET-')
  })
})

describe('a check of variants', () => {
  it('finds what it looks for', async () => {
    const files: [string, Buffer][] = []
    for (const format of ['webp', 'avif', 'jpeg'] as const) {
      const plain = sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
      files.push([
        `1.${format}`,
        await plain
          .withExif({ IFD0: { Artist: 'x' } })
          .toFormat(format)
          .toBuffer(),
      ])
      files.push([`2.${format}`, await plain.clone().withIccProfile('p3').toFormat(format).toBuffer()])
    }
    for (const [key, bytes] of files) expect(strange(key, bytes), key).not.toEqual([])
  })
})
