import type { Random } from './random.ts'

/** A stretch of a file: offsets in bytes. */
export interface Stretch {
  start: number
  end: number
}

/** A number in a file that says how long or how large something is. */
export interface Field {
  offset: number
  /** In bytes. */
  width: 2 | 3 | 4
  littleEndian: boolean
  /** `side`: a width or height in pixels. `length`: how far something reaches, or how often it comes. */
  means: 'side' | 'length'
}

/** What is known of a file's inside, as far as it can be followed. */
export interface Structure {
  /** Parts that can be cut out, doubled and moved: chunks, segments, boxes. */
  parts: Stretch[]
  fields: Field[]
}

/** How far a walk goes, so that a file that points at itself ends. */
const MOST_PARTS = 400

type Walk = (bytes: Buffer, structure: Structure) => void

/** Finds parts and fields of a file by its format's own rules; whatever can't be followed is left out. */
export function structureOf(bytes: Buffer): Structure {
  const structure: Structure = { parts: [], fields: [] }
  try {
    const known = WALKS.find(({ head, offset }) => bytes.toString('latin1', offset, offset + head.length) === head)
    known?.walk(bytes, structure)
  } catch (error) {
    // The walk ran over the file's end: what was found until then stands.
    if (!(error instanceof RangeError)) throw error
  }
  return structure
}

/** Writes a number where a field stands, cut to its width. */
export function writeField(bytes: Buffer, { offset, width, littleEndian }: Field, value: number): void {
  const cut = value % 2 ** (width * 8)
  if (littleEndian) bytes.writeUIntLE(cut, offset, width)
  else bytes.writeUIntBE(cut, offset, width)
}

/** Numbers at which decoders have broken before: none, one, signs, the ends of each width. */
const EDGES = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
]

export function oddNumber(random: Random): number {
  return random.chance(0.6) ? random.pick(EDGES) : random.below(2 ** random.below(33, 1))
}

/** Source: ITU-T T.81, annex B. */
const walkJpeg: Walk = (bytes, { parts, fields }) => {
  for (let at = 2; at < bytes.length && parts.length < MOST_PARTS; ) {
    if (bytes[at] !== 0xff) return
    const marker = bytes[at + 1]!
    const length = bytes.readUInt16BE(at + 2)
    parts.push({ start: at, end: at + 2 + length })
    fields.push({ offset: at + 2, width: 2, littleEndian: false, means: 'length' })
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    for (const offset of isFrame ? [at + 5, at + 7] : []) {
      fields.push({ offset, width: 2, littleEndian: false, means: 'side' })
    }
    at += 2 + length
    if (marker !== 0xda) continue
    // Entropy-coded data: on to the next marker that is neither stuffing nor a restart.
    const isMarker = (next: number) =>
      bytes[next] === 0xff && bytes[next + 1] !== 0 && (bytes[next + 1]! & 0xf8) !== 0xd0
    while (at < bytes.length - 1 && !isMarker(at)) at += 1
    if (bytes[at + 1] === 0xd9) return
  }
}

/** Source: PNG specification, section 5.3. */
const walkPng: Walk = (bytes, { parts, fields }) => {
  for (let at = 8; at < bytes.length && parts.length < MOST_PARTS; ) {
    const length = bytes.readUInt32BE(at)
    fields.push({ offset: at, width: 4, littleEndian: false, means: 'length' })
    if (bytes.toString('latin1', at + 4, at + 8) === 'IHDR') {
      for (const offset of [at + 8, at + 12]) fields.push({ offset, width: 4, littleEndian: false, means: 'side' })
    }
    parts.push({ start: at, end: at + 12 + length })
    at += 12 + length
  }
}

/** Source: RFC 9649. */
const walkWebp: Walk = (bytes, { parts, fields }) => {
  fields.push({ offset: 4, width: 4, littleEndian: true, means: 'length' })
  const side = (offset: number, width: 2 | 3) => fields.push({ offset, width, littleEndian: true, means: 'side' })
  for (let at = 12; at < bytes.length && parts.length < MOST_PARTS; ) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    fields.push({ offset: at + 4, width: 4, littleEndian: true, means: 'length' })
    if (name === 'VP8X') [at + 12, at + 15].forEach((offset) => side(offset, 3))
    if (name === 'ANMF') [at + 8, at + 11, at + 14, at + 17].forEach((offset) => side(offset, 3))
    if (name === 'VP8 ') [at + 14, at + 16].forEach((offset) => side(offset, 2))
    if (name === 'VP8L') side(at + 9, 3)
    parts.push({ start: at, end: at + 8 + length + (length % 2) })
    at += 8 + length + (length % 2)
  }
}

/** Source: GIF89a specification, sections 18 and 20. */
const walkGif: Walk = (bytes, { parts, fields }) => {
  const side = (offset: number) => fields.push({ offset, width: 2, littleEndian: true, means: 'side' })
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  side(6)
  side(8)
  for (let at = 13 + colours(bytes.readUInt8(10)); at < bytes.length && parts.length < MOST_PARTS; ) {
    const start = at
    const kind = bytes.readUInt8(at)
    if (kind === 0x3b) return
    if (kind === 0x2c) [at + 1, at + 3, at + 5, at + 7].forEach(side)
    at += kind === 0x2c ? 11 + colours(bytes.readUInt8(at + 9)) : 2
    while (bytes.readUInt8(at) !== 0) at += 1 + bytes.readUInt8(at)
    at += 1
    parts.push({ start, end: at })
  }
}

/** Boxes that hold boxes, and how many bytes come before those. Source: ISO/IEC 14496-12, 23008-12. */
const HOLDERS: Record<string, number> = { meta: 4, iprp: 0, ipco: 0, moov: 0 }

const walkBoxes: Walk = (bytes, structure) => {
  const walk = (from: number, to: number): void => {
    for (let at = from; at < to && structure.parts.length < MOST_PARTS; ) {
      const length = bytes.readUInt32BE(at)
      const name = bytes.toString('latin1', at + 4, at + 8)
      structure.fields.push({ offset: at, width: 4, littleEndian: false, means: 'length' })
      if (name === 'ispe') {
        for (const offset of [at + 12, at + 16]) {
          structure.fields.push({ offset, width: 4, littleEndian: false, means: 'side' })
        }
      }
      if (length < 8) return
      structure.parts.push({ start: at, end: at + length })
      const before = HOLDERS[name]
      if (before !== undefined) walk(at + 8 + before, Math.min(at + length, to))
      at += length
    }
  }
  walk(0, bytes.length)
}

/** Bytes of an entry of a TIFF directory, and the tags that hold the two sides. Source: TIFF 6.0, section 2. */
const ENTRY_BYTES = 12
const SIDE_TAGS = [256, 257]

const walkTiff: Walk = (bytes, { parts, fields }) => {
  const littleEndian = bytes[0] === 0x49
  const read = (offset: number, width: number) =>
    littleEndian ? bytes.readUIntLE(offset, width) : bytes.readUIntBE(offset, width)
  fields.push({ offset: 4, width: 4, littleEndian, means: 'length' })
  for (let at = read(4, 4), pages = 0; at !== 0 && pages < MOST_PARTS; pages += 1) {
    const count = read(at, 2)
    fields.push({ offset: at, width: 2, littleEndian, means: 'length' })
    for (let entry = at + 2; entry < at + 2 + count * ENTRY_BYTES; entry += ENTRY_BYTES) {
      const isSide = SIDE_TAGS.includes(read(entry, 2))
      parts.push({ start: entry, end: entry + ENTRY_BYTES })
      fields.push({ offset: entry + 4, width: 4, littleEndian, means: 'length' })
      fields.push({ offset: entry + 8, width: 4, littleEndian, means: isSide ? 'side' : 'length' })
    }
    at = read(at + 2 + count * ENTRY_BYTES, 4)
  }
}

const WALKS: { head: string; offset: number; walk: Walk }[] = [
  { head: '\u00ff\u00d8', offset: 0, walk: walkJpeg },
  { head: '\u0089PNG', offset: 0, walk: walkPng },
  { head: 'WEBP', offset: 8, walk: walkWebp },
  { head: 'GIF8', offset: 0, walk: walkGif },
  { head: 'ftyp', offset: 4, walk: walkBoxes },
  { head: 'II*', offset: 0, walk: walkTiff },
  { head: 'MM', offset: 0, walk: walkTiff },
]
