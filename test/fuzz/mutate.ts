import { crc32 } from 'node:zlib'
import type { Random } from './random.ts'
import type { Seed } from './seeds.ts'
import { oddNumber, structureOf, writeField, type Stretch } from './structure.ts'

/** What a mutation is given: the file, and all the others to take from. */
interface Subject {
  bytes: Buffer
  seeds: Seed[]
  random: Random
}

type Mutation = (subject: Subject) => Buffer

/** Most bits that one mutation flips. */
const MOST_FLIPS = 8

/** Most bytes of a stretch that is moved where no part of the file is known. */
const MOST_STRETCH = 2_048

/** Bytes of a head that is put before another file: enough for every format's signature and first fields. */
const MOST_HEAD = 64

/** Sides that claim much, or nothing. Two of the first make what every limit refuses; the others stay below it. */
const SIDES = [0, 1, 2, 3, 7_000, 16_383, 16_384, 65_500, 65_535, 65_536, 0x7fff_ffff]

/** Markers and chunks that mean something wherever they stand. */
const MARKERS = [
  [0xff, 0xd8], [0xff, 0xd9], [0xff, 0xda], [0xff, 0xc0, 0, 17, 8], [0xff, 0xc4, 0, 4], [0xff, 0xd0],
  [0xff, 0xdb, 0, 3],
  [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82], [...Buffer.from('\0\0\0\x08acTL')],
  [...Buffer.from('RIFF')], [...Buffer.from('ANMF')], [...Buffer.from('ALPH')], [0x21, 0xf9, 4], [0x2c], [0x3b],
  [...Buffer.from('\0\0\0\x08mdat')], [...Buffer.from('II*\0')],
  [...Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
]

/** Every mutation by name; a report lists those that made its file. */
export const MUTATIONS = {
  flipBits({ bytes, random }) {
    const changed = Buffer.from(bytes)
    for (let flips = random.below(MOST_FLIPS, 1); flips > 0; flips -= 1) {
      const at = random.below(changed.length)
      changed[at] = changed[at]! ^ (1 << random.below(8))
    }
    return changed
  },
  overwriteBytes({ bytes, random }) {
    const changed = Buffer.from(bytes)
    const { start, end } = stretchOf(changed, random)
    for (let at = start; at < end; at += 1) changed[at] = random.below(256)
    return changed
  },
  truncate: ({ bytes, random }) => bytes.subarray(0, random.below(bytes.length)),
  appendJunk: ({ bytes, random }) =>
    Buffer.concat([bytes, Buffer.from(Array.from({ length: random.below(MOST_STRETCH) }, () => random.below(256)))]),
  appendFile: ({ bytes, seeds, random }) => Buffer.concat([bytes, random.pick(seeds).bytes]),
  removePart({ bytes, random }) {
    const { start, end } = partOf(bytes, random)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  },
  repeatPart({ bytes, random }) {
    const { start, end } = partOf(bytes, random)
    const times = random.below(6, 1)
    const part = bytes.subarray(start, end)
    return Buffer.concat([bytes.subarray(0, end), ...Array<Buffer>(times).fill(part), bytes.subarray(end)])
  },
  movePart({ bytes, random }) {
    const { start, end } = partOf(bytes, random)
    const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
    const to = random.chance(0.7) ? partOf(rest, random).start : random.below(rest.length)
    return Buffer.concat([rest.subarray(0, to), bytes.subarray(start, end), rest.subarray(to)])
  },
  splicePart({ bytes, seeds, random }) {
    const other = random.pick(seeds).bytes
    const taken = partOf(other, random)
    const at = partOf(bytes, random)
    return Buffer.concat([bytes.subarray(0, at.start), other.subarray(taken.start, taken.end), bytes.subarray(at.end)])
  },
  swapHead({ bytes, seeds, random }) {
    const head = random.pick(seeds).bytes.subarray(0, random.below(MOST_HEAD, 1))
    const keep = random.chance(0.5) ? head.length : 0
    return Buffer.concat([head, bytes.subarray(keep)])
  },
  insertMarker({ bytes, random }) {
    const at = random.chance(0.5) ? partOf(bytes, random).start : random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(MARKERS)), bytes.subarray(at)])
  },
  editLength: (subject) => editFields(subject, 'length', () => oddNumber(subject.random)),
  editSides: (subject) => {
    const { random } = subject
    return editFields(subject, 'side', () => (random.chance(0.7) ? random.pick(SIDES) : oddNumber(random)))
  },
} satisfies Record<string, Mutation>

export type MutationName = keyof typeof MUTATIONS
const NAMES = Object.keys(MUTATIONS) as MutationName[]

/** Most mutations on top of each other. */
const MOST_LAYERS = 4

/** Files of which nothing is left. */
const EMPTIED = 0.01

export interface Mutant {
  bytes: Buffer
  /** What the uploader says that it is: what the seed was, or for a mislabelled one what another is. */
  contentType: string
  /** The seed, and what was done to it in order: for people. */
  history: string[]
}

/** Content types that a mislabelled file is given: every other's. */
const MISLABELLED = 0.05

/** Checksums made right again, or decoders would stop there and never see the change. */
const REPAIRED = 0.8

export function mutate(seeds: Seed[], random: Random): Mutant {
  const seed = random.pick(seeds)
  const history = [seed.name]
  let bytes = seed.bytes
  for (let layers = random.below(MOST_LAYERS + 1, 1); layers > 0 && bytes.length > 0; layers -= 1) {
    const name = random.pick(NAMES)
    history.push(name)
    bytes = MUTATIONS[name]({ bytes, seeds, random })
  }
  if (random.chance(REPAIRED)) bytes = withPngChecksums(bytes)
  if (random.chance(EMPTIED)) {
    history.push('empty')
    bytes = Buffer.alloc(0)
  }
  const declared = random.chance(MISLABELLED) ? random.pick(seeds) : seed
  if (declared.contentType !== seed.contentType) history.push(`declared as ${declared.contentType}`)
  return { bytes, contentType: declared.contentType, history }
}

function stretchOf(bytes: Buffer, random: Random): Stretch {
  const start = random.below(bytes.length)
  return { start, end: Math.min(bytes.length, start + random.below(Math.min(MOST_STRETCH, bytes.length), 1)) }
}

/** A part that the format knows, or now and then any stretch. */
function partOf(bytes: Buffer, random: Random): Stretch {
  const { parts } = structureOf(bytes)
  return parts.length > 0 && random.chance(0.75) ? random.pick(parts) : stretchOf(bytes, random)
}

function editFields({ bytes, random }: Subject, means: 'side' | 'length', value: () => number): Buffer {
  const fields = structureOf(bytes).fields.filter((field) => field.means === means)
  const changed = Buffer.from(bytes)
  if (fields.length === 0 || random.chance(0.1)) {
    if (changed.length < 4) return changed
    const anywhere = { offset: random.below(changed.length - 3), width: 4, littleEndian: random.chance(0.5) } as const
    writeField(changed, { ...anywhere, means }, value())
    return changed
  }
  for (let edits = random.below(3, 1); edits > 0; edits -= 1) {
    const field = random.pick(fields)
    if (field.offset + field.width <= changed.length) writeField(changed, field, value())
  }
  return changed
}

/** Length, name and checksum around a PNG chunk's data, in bytes. Source: PNG specification, section 5.3. */
const PNG_SIGNATURE_BYTES = 8
const CHUNK_OVERHEAD_BYTES = 12

function withPngChecksums(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 1, 4) !== 'PNG') return bytes
  const repaired = Buffer.from(bytes)
  for (let at = PNG_SIGNATURE_BYTES; at + CHUNK_OVERHEAD_BYTES <= repaired.length; ) {
    const end = at + CHUNK_OVERHEAD_BYTES + repaired.readUInt32BE(at)
    if (end > repaired.length) break
    repaired.writeUInt32BE(crc32(repaired.subarray(at + 4, end - 4)), end - 4)
    at = end
  }
  return repaired
}
