import { crc32 } from 'node:zlib'

/** Puts pieces into finished files, where each format has room for them. */

/** A JPEG with a further segment behind its first marker. Source: ITU-T T.81, section B.1.1.4. */
export function withJpegSegment(jpeg: Buffer, marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)])
}

/** Signature and header chunk of a PNG, in bytes: what comes first in any. */
const PNG_HEAD_BYTES = 33

/** A PNG with a further chunk behind its header. Source: PNG specification, section 5.3. */
export function withPngChunk(png: Buffer, name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([png.subarray(0, PNG_HEAD_BYTES), length, named, checksum, png.subarray(PNG_HEAD_BYTES)])
}

/** A WebP with a further chunk at its end. Source: RFC 9649, section 2.3. */
export function withWebpChunk(webp: Buffer, name: string, data: Buffer): Buffer {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
  head.writeUInt32LE(data.length, 4)
  const file = Buffer.concat([webp, head, data, Buffer.alloc(data.length % 2)])
  file.writeUInt32LE(file.length - 8, 4)
  return file
}

/** A GIF with a further extension before its end. Source: GIF89a specification, sections 24 and 26. */
export function withGifExtension(gif: Buffer, label: number, text: string): Buffer {
  const data = Buffer.from(text, 'latin1')
  const block = Buffer.from([0x21, label, data.length, ...data, 0])
  return Buffer.concat([gif.subarray(0, -1), block, gif.subarray(-1)])
}

/** Type of a TIFF tag's values. Source: TIFF 6.0, section 2. */
const TIFF_TYPES = { text: 2, short: 3, long: 4, bytes: 7 } as const

export interface TiffTag {
  tag: number
  type: keyof typeof TIFF_TYPES
  value: Buffer | number
}

const ENTRY_BYTES = 12

/** An uncompressed RGB TIFF, little endian, one strip, with whatever tags. Source: TIFF 6.0, sections 2, 3 and 6. */
export function tiffFile(
  { data, width, height }: { data: Buffer; width: number; height: number },
  more: TiffTag[],
): Buffer {
  const number = (tag: number, value: number): TiffTag => ({ tag, type: 'long', value })
  const bits = Buffer.from([8, 0, 8, 0, 8, 0])
  const tags: TiffTag[] = [
    number(256, width),
    number(257, height),
    { tag: 258, type: 'short', value: bits },
    number(259, 1),
    number(262, 2),
    number(273, 8),
    number(277, 3),
    number(278, height),
    number(279, data.length),
    ...more,
  ]
  tags.sort((a, b) => a.tag - b.tag)
  const directory = Buffer.alloc(2 + tags.length * ENTRY_BYTES + 4)
  directory.writeUInt16LE(tags.length)
  const directoryAt = 8 + data.length
  const further: Buffer[] = []
  let furtherAt = directoryAt + directory.length
  tags.forEach(({ tag, type, value }, index) => {
    const at = 2 + index * ENTRY_BYTES
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(TIFF_TYPES[type], at + 2)
    if (typeof value === 'number') {
      directory.writeUInt32LE(1, at + 4)
      directory.writeUInt32LE(value, at + 8)
      return
    }
    directory.writeUInt32LE(type === 'short' ? value.length / 2 : value.length, at + 4)
    if (value.length <= 4) return void value.copy(directory, at + 8)
    directory.writeUInt32LE(furtherAt, at + 8)
    const padded = Buffer.concat([value, Buffer.alloc(value.length % 2)])
    further.push(padded)
    furtherAt += padded.length
  })
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(directoryAt, 4)
  return Buffer.concat([head, data, directory, ...further])
}
