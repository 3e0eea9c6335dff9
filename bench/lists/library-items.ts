import type { ImageItem } from '../../resolvers/lib/image.ts'
import { imageKey, publicKey, statusFacetKey } from '../../resolvers/lib/keys.ts'
import { randomFrom } from './random.ts'
import { labelsSeen } from './seen.ts'

/** Who owns the library. */
export const OWNER = '6f1b6f7e-0000-4000-8000-000000000001'

/** When the newest image was asked for, and how long before it each older one was. */
const NEWEST_AT_MS = Date.parse('2026-01-02T03:04:05.678Z')
const INTERVAL_MS = 20_000
/** From the request to READY. */
const PROCESSED_AFTER_MS = 2_500

/** Crockford's base 32: 10 digits of time, 16 of chance. Source: ULID specification. */
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ULID_TIME_DIGITS = 10
const ULID_RANDOM_DIGITS = 16

/** Shots in a row look alike: their hashes differ from the first one's in at most as many bits. */
const SHOTS_IN_A_ROW = 4
const HASH_BITS = 64
const HEX_DIGITS = '0123456789abcdef'
const BASE64URL_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export const CATEGORIES = ['travel', 'family'] as const
export const TAGS = ['archive', 'summer', 'print'] as const
const LONG_EDGES = [1_920, 1_080, 480, 160]
/** Bytes of WebP and JPEG a pixel, as photographs come out. */
const BYTES_PER_PIXEL = 0.25
const PHOTO = { width: 4_032, height: 3_024 }
const COLORS = 6

/**
 * An image of a library by its rank, 0 for the newest: READY, PUBLIC, and the same whatever the library's size, so that
 * a larger library is a smaller one with older images behind it.
 */
export function libraryImage(owner: string, rank: number, library = 0): ImageItem {
  const random = randomFrom(rank * 16 + library)
  const createdAtMs = NEWEST_AT_MS - rank * INTERVAL_MS - library
  const id = ulid(createdAtMs, random)
  const createdAt = new Date(createdAtMs).toISOString()
  const processedAt = new Date(createdAtMs + PROCESSED_AFTER_MS).toISOString()
  return {
    ...imageKey(id),
    facetKey: statusFacetKey(owner, 'READY'),
    owner,
    status: 'READY',
    version: 4,
    visibility: 'PUBLIC',
    publicKey: publicKey(id),
    fileName: `IMG_${1_000 + (rank % 9_000)}.JPG`,
    title: `Photograph ${rank}`,
    altText: null,
    category: CATEGORIES[rank % CATEGORIES.length]!,
    tags: TAGS.filter((_tag, index) => index === 0 || random() < 1 / 2),
    contentType: 'image/jpeg',
    byteSize: 2_000_000 + Math.floor(random() * 4_000_000),
    sha256: text(HEX_DIGITS, 64, random),
    mediaKey: text(BASE64URL_DIGITS, 22, random),
    claimedBy: `${text(HEX_DIGITS, 8, random)}-0000-4000-8000-${text(HEX_DIGITS, 12, random)}`,
    ...PHOTO,
    variants: [
      ...LONG_EDGES.map((edge) => variant(edge, 'webp', random)), variant(LONG_EDGES[1]!, 'jpeg', random),
    ],
    thumbhash: text(BASE64URL_DIGITS, 28, random),
    dominantColor: color(random),
    palette: Array.from({ length: COLORS }, () => color(random)),
    perceptualHash: hashOf(rank, library),
    isAnimated: false,
    hasAlpha: false,
    camera: { takenAt: createdAt.slice(0, 19), make: 'Apple', model: 'iPhone 15 Pro' },
    labels: labelsSeen(random, rank % 2 === 0),
    labelsStatus: 'READY',
    moderationStatus: 'NOT_ASKED',
    moderationLabels: [],
    createdAt,
    updatedAt: processedAt,
    processedAt,
  }
}

function variant(edge: number, format: string, random: () => number) {
  const height = (edge * PHOTO.height) / PHOTO.width
  return { width: edge, height, format, byteSize: Math.round(edge * height * BYTES_PER_PIXEL * (0.5 + random())) }
}

function hashOf(rank: number, library: number): string {
  const shot = rank % SHOTS_IN_A_ROW
  const first = randomFrom(-(rank - shot) * 16 - library - 1)
  const digits = [...text(HEX_DIGITS, HASH_BITS / 4, first)]
  const random = randomFrom(-rank * 16 - library - 2)
  for (let flipped = 0; flipped < shot; flipped += 1) {
    const at = Math.floor(random() * digits.length)
    digits[at] = HEX_DIGITS[HEX_DIGITS.indexOf(digits[at]!) ^ (1 << Math.floor(random() * 4))]!
  }
  return digits.join('')
}

function color(random: () => number): string {
  return `#${text(HEX_DIGITS, 6, random)}`
}

function ulid(ms: number, random: () => number): string {
  let time = ''
  for (let rest = ms; time.length < ULID_TIME_DIGITS; rest = Math.floor(rest / ULID_DIGITS.length)) {
    time = ULID_DIGITS.charAt(rest % ULID_DIGITS.length) + time
  }
  return time + text(ULID_DIGITS, ULID_RANDOM_DIGITS, random)
}

function text(digits: string, length: number, random: () => number): string {
  let made = ''
  while (made.length < length) made += digits.charAt(Math.floor(random() * digits.length))
  return made
}
