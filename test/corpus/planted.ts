import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { fixture, type Fixture } from '../fixtures/index.ts'
import { tiffFile, withGifExtension, withJpegSegment, withPngChunk, withWebpChunk } from './file-inserts.ts'
import { matrixProfile, WIDE_GAMUT } from './icc-profile.ts'

/** Words that stand in the originals' metadata and must stand in no variant: one for each place. */
export const SECRETS = {
  exif: 'SECRET-ARTIST-ADA',
  gps: 'SECRET-GPS-DATUM',
  thumbnail: 'SECRET-IN-THE-THUMBNAIL',
  xmp: 'SECRET-XMP-CREATOR',
  iptc: 'SECRET-IPTC-BYLINE',
  profile: 'SECRET-PROFILE-NAME',
  comment: 'SECRET-COMMENT',
  compressed: 'SECRET-COMPRESSED-TEXT',
  unknown: 'SECRET-UNKNOWN-PART',
  trailer: 'SECRET-AFTER-THE-END',
} as const

const SIZE = { width: 240, height: 160 } as const
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>${SECRETS.xmp}</creator></x:xmpmeta>`
const profile = matrixProfile({ ...WIDE_GAMUT, description: SECRETS.profile })
const text = (words: string) => Buffer.from(words, 'latin1')

/** Colours that change from pixel to pixel, so that there is a picture to keep. RGB. */
function pixels(): Buffer {
  const data = Buffer.alloc(SIZE.width * SIZE.height * 3)
  for (let at = 0; at < data.length; at += 3) {
    const [x, y] = [(at / 3) % SIZE.width, Math.floor(at / 3 / SIZE.width)]
    data.set([x, 255 - y, (x + y) / 2], at)
  }
  return data
}

const picture = () => sharp(pixels(), { raw: { ...SIZE, channels: 3 } })

/** Latitude as EXIF holds it, three rationals, in either byte order: no picture has it by chance. */
const LATITUDE = [52, 1, 31, 1, 12, 1]
export const GPS_BYTES = [true, false].map((littleEndian) => {
  const bytes = Buffer.alloc(LATITUDE.length * 4)
  LATITUDE.forEach((value, index) =>
    littleEndian ? bytes.writeUInt32LE(value, index * 4) : bytes.writeUInt32BE(value, index * 4),
  )
  return bytes
})

const EXIF = {
  IFD0: { Artist: SECRETS.exif, ImageDescription: SECRETS.comment },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSMapDatum: SECRETS.gps },
}

/** By sharp's own writers: EXIF with GPS, and XMP. */
const tagged = () => picture().withExif(EXIF).withXmp(xmp)

/**
 * A TIFF with one picture and, as an EXIF block has it, a second directory for a thumbnail: here a JPEG's beginning
 * with words in it. Offsets are from the block's start.
 */
function exifWithThumbnail(): Buffer {
  const thumbnail = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe]),
    text(SECRETS.thumbnail),
    Buffer.from([0xff, 0xd9]),
  ])
  const block = Buffer.alloc(8 + 2 + 4 + 2 + 2 * 12 + 4)
  block.write('II*\0', 0, 'latin1')
  block.writeUInt32LE(8, 4)
  block.writeUInt32LE(14, 10)
  block.writeUInt16LE(2, 14)
  const entry = (at: number, tag: number, value: number) => {
    block.writeUInt16LE(tag, at)
    block.writeUInt16LE(4, at + 2)
    block.writeUInt32LE(1, at + 4)
    block.writeUInt32LE(value, at + 8)
  }
  entry(16, 0x0201, block.length)
  entry(28, 0x0202, thumbnail.length)
  return Buffer.concat([block, thumbnail])
}

/** Photoshop's block 0x0404 with one IPTC record, By-line. Source: IPTC-IIM 4.2; Adobe Photoshop file formats. */
function iptcBlock(): Buffer {
  const record = Buffer.concat([Buffer.from([0x1c, 2, 80, 0, SECRETS.iptc.length]), text(SECRETS.iptc)])
  const head = Buffer.from('8BIM\u0004\u0004\0\0\0\0\0\0', 'latin1')
  head.writeUInt32BE(record.length, 8)
  return Buffer.concat([head, record, Buffer.alloc(record.length % 2)])
}

async function withProfile(format: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff'): Promise<Buffer> {
  return tagged().withMetadata().withExif(EXIF).withXmp(xmp).toFormat(format).toBuffer()
}

/** An original of each format, with a secret in every place that the format has for one. */
export const PLANTED: Record<string, () => Promise<{ original: Fixture; secrets: (keyof typeof SECRETS)[] }>> = {
  async jpeg() {
    let bytes: Buffer = await withProfile('jpeg')
    bytes = withJpegSegment(bytes, 0xe2, Buffer.concat([text('ICC_PROFILE\0\u0001\u0001'), profile]))
    bytes = withJpegSegment(bytes, 0xed, Buffer.concat([text('Photoshop 3.0\0'), iptcBlock()]))
    bytes = withJpegSegment(bytes, 0xfe, text(SECRETS.comment))
    bytes = withJpegSegment(bytes, 0xe9, text(SECRETS.unknown))
    bytes = Buffer.concat([bytes, text(SECRETS.trailer)])
    return {
      original: { bytes, contentType: 'image/jpeg' },
      secrets: ['exif', 'gps', 'xmp', 'iptc', 'profile', 'comment', 'unknown', 'trailer'],
    }
  },
  async 'jpeg with a thumbnail'() {
    const exif = Buffer.concat([text('Exif\0\0'), exifWithThumbnail()])
    const bytes = withJpegSegment(await picture().jpeg().toBuffer(), 0xe1, exif)
    return { original: { bytes, contentType: 'image/jpeg' }, secrets: ['thumbnail'] }
  },
  async png() {
    let bytes: Buffer = await tagged().png().toBuffer()
    bytes = withPngChunk(bytes, 'iCCP', Buffer.concat([text('p\0\0'), deflateSync(profile)]))
    // libvips writes XMP compressed; this chunk says the same in plain text.
    bytes = withPngChunk(bytes, 'iTXt', text(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`))
    bytes = withPngChunk(bytes, 'tEXt', text(`Author\0${SECRETS.comment}`))
    bytes = withPngChunk(bytes, 'zTXt', Buffer.concat([text('Note\0\0'), deflateSync(text(SECRETS.compressed))]))
    bytes = withPngChunk(bytes, 'quIz', text(SECRETS.unknown))
    bytes = Buffer.concat([bytes, text(SECRETS.trailer)])
    return {
      original: { bytes, contentType: 'image/png' },
      secrets: ['exif', 'gps', 'xmp', 'comment', 'unknown', 'trailer'],
    }
  },
  async webp() {
    let bytes: Buffer = await tagged().webp().toBuffer()
    bytes = withWebpChunk(bytes, 'QUIZ', text(SECRETS.unknown))
    return { original: { bytes, contentType: 'image/webp' }, secrets: ['exif', 'gps', 'xmp', 'unknown'] }
  },
  async 'animated webp'() {
    const frames = await Promise.all([picture(), picture().negate()].map((frame) => frame.png().toBuffer()))
    const bytes = await sharp(frames, { join: { animated: true } })
      .withExif(EXIF)
      .withXmp(xmp)
      .webp()
      .toBuffer()
    return { original: { bytes, contentType: 'image/webp' }, secrets: ['exif', 'gps', 'xmp'] }
  },
  async gif() {
    const bytes = withGifExtension(await picture().gif().toBuffer(), 0xfe, SECRETS.comment)
    const more = withGifExtension(bytes, 0xff, `XMP DataXMP${SECRETS.xmp}`.slice(0, 11))
    return { original: { bytes: more, contentType: 'image/gif' }, secrets: ['comment'] }
  },
  async avif() {
    const bytes = await tagged().avif({ effort: 0 }).toBuffer()
    return { original: { bytes, contentType: 'image/avif' }, secrets: ['exif', 'gps', 'xmp'] }
  },
  async heic() {
    return { original: await fixture('taggedHeic'), secrets: ['exif', 'gps', 'xmp', 'comment'] }
  },
  async tiff() {
    const words = (tag: number, value: string) => ({ tag, type: 'text' as const, value: text(`${value}\0`) })
    const bytes = tiffFile({ data: pixels(), ...SIZE }, [
      words(270, SECRETS.comment),
      words(315, SECRETS.exif),
      words(33432, SECRETS.unknown),
      { tag: 700, type: 'bytes', value: text(xmp) },
      { tag: 33723, type: 'bytes', value: iptcBlock().subarray(12) },
      { tag: 34377, type: 'bytes', value: iptcBlock() },
      { tag: 34675, type: 'bytes', value: profile },
    ])
    return {
      original: { bytes, contentType: 'image/tiff' },
      secrets: ['comment', 'exif', 'unknown', 'xmp', 'iptc', 'profile'],
    }
  },
}
