/** XYZ of a colour, D50, 1 is white's luminance. */
export type Xyz = [x: number, y: number, z: number]

export interface MatrixProfile {
  /** What a colour manager calls it. */
  description: string
  /** Colourants, adapted to D50. */
  red: Xyz
  green: Xyz
  blue: Xyz
  /** Exponent of every channel's curve. */
  gamma: number
}

/**
 * The numbers that Adobe RGB (1998) is made of, under a name of its own.
 * Source: "Adobe RGB (1998) Color Image Encoding", section 4.3.5; colourants adapted to D50 as ICC profiles hold them.
 */
export const WIDE_GAMUT: MatrixProfile = {
  description: 'A wide gamut',
  red: [0.60974, 0.31111, 0.01947],
  green: [0.20528, 0.62567, 0.06087],
  blue: [0.14919, 0.06322, 0.74457],
  gamma: 563 / 256,
}

/** White of the profile connection space. Source: ICC.1:2022, section 6.3.4.3. */
const D50: Xyz = [0.9642, 1, 0.8249]

const HEADER_BYTES = 128
const TAG_ENTRY_BYTES = 12
/** Fixed point of `s15Fixed16Number` and `u8Fixed8Number`. */
const FIXED_16 = 0x1_0000
const FIXED_8 = 0x100

/** An ICC profile of version 2 with three colourants and one curve. Source: ICC.1:2001-04, sections 6.1 to 6.5. */
export function matrixProfile({ description, red, green, blue, gamma }: MatrixProfile): Buffer {
  const curve = tag('curv', uint32(1), Buffer.from([0, 0]))
  curve.writeUInt16BE(Math.round(gamma * FIXED_8), 12)
  const tags: [string, Buffer][] = [
    ['desc', tag('desc', uint32(description.length + 1), Buffer.from(`${description}\0`, 'latin1'), Buffer.alloc(78))],
    ['cprt', tag('text', Buffer.from('None\0'))],
    ['wtpt', xyz(D50)], ['rXYZ', xyz(red)], ['gXYZ', xyz(green)], ['bXYZ', xyz(blue)],
    ['rTRC', curve], ['gTRC', curve], ['bTRC', curve],
  ]
  const table = [uint32(tags.length)]
  const data: Buffer[] = []
  let offset = HEADER_BYTES + 4 + tags.length * TAG_ENTRY_BYTES
  for (const [name, bytes] of tags) {
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
    table.push(Buffer.from(name), uint32(offset), uint32(bytes.length))
    data.push(padded)
    offset += padded.length
  }
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(offset, 0)
  header.writeUInt32BE(0x0210_0000, 8)
  header.write('mntrRGB XYZ ', 12)
  header.write('acsp', 36)
  D50.forEach((value, index) => header.writeInt32BE(Math.round(value * FIXED_16), 68 + index * 4))
  return Buffer.concat([header, ...table, ...data])
}

function tag(type: string, ...content: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(type), Buffer.alloc(4), ...content])
}

function xyz(values: Xyz): Buffer {
  const numbers = Buffer.alloc(12)
  values.forEach((value, index) => numbers.writeInt32BE(Math.round(value * FIXED_16), index * 4))
  return tag('XYZ ', numbers)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
