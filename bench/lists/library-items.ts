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

/** Room for as many libraries whose images differ. */
const LIBRARIES = 16

/** Crockford's base 32: 10 digits of time, 16 of chance. Source: ULID specification. */
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ULID_TIME_DIGITS = 10
const ULID_RANDOM_DIGITS = 16

/** One image in four is one of four shots in a row, which look alike: 1 to 3 bits of their hashes are others. */
const SHOTS_IN_A_ROW = 4
const ROWS = 4
const HASH_DIGITS = 16
const SHA256_DIGITS = 64
const BITS_PER_DIGIT = 4
const HEX_DIGITS = '0123456789abcdef'
const BASE64URL_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export const CATEGORIES = ['travel', 'family'] as const
export const TAGS = ['archive', 'summer', 'print'] as const
const LONG_EDGES = [1_920, 1_080, 480, 160]
/** Bytes of WebP and JPEG a pixel, as photographs come out. */
const BYTES_PER_PIXEL = 0.25
const PHOTO = { width: 4_032, height: 3_024 }
const COLORS = 6
const COLOR_DIGITS = 6
/** As cameras name their files: four digits, then from the start. */
const FILE_DIGITS = 4
const FILE_NUMBERS = 10 ** FILE_DIGITS
/** Of an ISO date, down to the second. */
const SECONDS_LENGTH = 19

/** Lengths of random texts, in characters: 128 bits in base64url, a ThumbHash, the two ends of a UUID. */
const MEDIA_KEY_LENGTH = 22
const THUMBHASH_LENGTH = 28
const UUID_START = 8
const UUID_END = 12

/**
 * An image of a library by its rank, 0 for the newest: READY, PUBLIC, and the same whatever the library's size, so that
 * a larger library is a smaller one with older images behind it.
 */
export function libraryImage(owner: string, rank: number, library = 0): ImageItem {
  const random = randomFrom(rank * LIBRARIES + library)
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
    fileName: `IMG_${String(rank % FILE_NUMBERS).padStart(FILE_DIGITS, '0')}.JPG`,
    title: `Photograph ${rank}`,
    altText: null,
    category: CATEGORIES[rank % CATEGORIES.length]!,
    tags: TAGS.filter((_tag, index) => index === 0 || random() < 1 / 2),
    contentType: 'image/jpeg',
    byteSize: Math.round(PHOTO.width * PHOTO.height * BYTES_PER_PIXEL * (0.5 + random())),
    sha256: text(HEX_DIGITS, SHA256_DIGITS, random),
    mediaKey: text(BASE64URL_DIGITS, MEDIA_KEY_LENGTH, random),
    claimedBy: `${text(HEX_DIGITS, UUID_START, random)}-0000-4000-8000-${text(HEX_DIGITS, UUID_END, random)}`,
    ...PHOTO,
    variants: [
      ...LONG_EDGES.map((edge) => variant(edge, 'webp', random)), variant(LONG_EDGES[1]!, 'jpeg', random),
    ],
    thumbhash: text(BASE64URL_DIGITS, THUMBHASH_LENGTH, random),
    dominantColor: color(random),
    palette: Array.from({ length: COLORS }, () => color(random)),
    perceptualHash: hashOf(rank, library),
    isAnimated: false,
    hasAlpha: false,
    camera: { takenAt: createdAt.slice(0, SECONDS_LENGTH), make: 'Apple', model: 'iPhone 15 Pro' },
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

/** Whether the image is one of several shots in a row. */
export function isShotInARow(rank: number): boolean {
  return Math.floor(rank / SHOTS_IN_A_ROW) % ROWS === 0
}

function hashOf(rank: number, library: number): string {
  const shot = isShotInARow(rank) ? rank % SHOTS_IN_A_ROW : 0
  const first = randomFrom(-(rank - shot) * LIBRARIES - library - 1)
  const digits = [...text(HEX_DIGITS, HASH_DIGITS, first)]
  const random = randomFrom(-rank * LIBRARIES - library - 2)
  for (let flipped = 0; flipped < shot; flipped += 1) {
    const at = Math.floor(random() * digits.length)
    const bit = 1 << Math.floor(random() * BITS_PER_DIGIT)
    digits[at] = HEX_DIGITS[HEX_DIGITS.indexOf(digits[at]!) ^ bit]!
  }
  return digits.join('')
}

function color(random: () => number): string {
  return `#${text(HEX_DIGITS, COLOR_DIGITS, random)}`
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
