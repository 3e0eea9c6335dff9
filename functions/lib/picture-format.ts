/** What a file is, told by its first bytes; names and declared types are not asked. */

/** Formats that are developed, with the content type each is declared by. */
export const CONTENT_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tiff: 'image/tiff',
  heic: 'image/heic',
} as const

export type PictureFormat = keyof typeof CONTENT_TYPES

export type Sniffed = { format: PictureFormat } | { format: undefined; looksLike: string }

interface Signature {
  bytes: number[] | string
  /** Distance from the start of the file, in bytes. */
  offset?: number
}

/** Source: each format's specification; TIFF in both byte orders, and BigTIFF. */
const SIGNATURES: [PictureFormat, Signature[]][] = [
  ['jpeg', [{ bytes: [0xff, 0xd8, 0xff] }]],
  ['png', [{ bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }]],
  ['gif', [{ bytes: 'GIF87a' }]],
  ['gif', [{ bytes: 'GIF89a' }]],
  ['webp', [{ bytes: 'RIFF' }, { bytes: 'WEBP', offset: 8 }]],
  ['tiff', [{ bytes: [0x49, 0x49, 0x2a, 0x00] }]],
  ['tiff', [{ bytes: [0x4d, 0x4d, 0x00, 0x2a] }]],
  ['tiff', [{ bytes: [0x49, 0x49, 0x2b, 0x00] }]],
  ['tiff', [{ bytes: [0x4d, 0x4d, 0x00, 0x2b] }]],
]

/** What is refused, and worth naming to whoever uploaded it. */
const REFUSED: [string, Signature[]][] = [
  ['a PDF', [{ bytes: '%PDF-' }]],
  ['a BMP', [{ bytes: 'BM' }]],
  ['a Photoshop document', [{ bytes: '8BPS' }]],
  ['a JPEG XL', [{ bytes: [0xff, 0x0a] }]],
  ['a JPEG XL', [{ bytes: [0x00, 0x00, 0x00, 0x0c, 0x4a, 0x58, 0x4c, 0x20] }]],
  ['an icon', [{ bytes: [0x00, 0x00, 0x01, 0x00] }]],
  ['a ZIP archive', [{ bytes: [0x50, 0x4b, 0x03, 0x04] }]],
]

/**
 * ISO media files say in their first box what they hold. Source: ISO/IEC 14496-12, `ftyp`; AVIF 1.1, section 6;
 * ISO/IEC 23008-12, annex B (HEVC).
 */
const FTYP: Signature = { bytes: 'ftyp', offset: 4 }
const BRANDS_OFFSET = 8
const BRAND_LENGTH = 4
const AVIF_BRANDS = new Set(['avif', 'avis'])
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis'])
/** Of other codecs, and of sequences without a picture of their own. */
const HEIF_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'hevc', 'hevx', 'hevm', 'hevs'])

/** How much of a text is looked at to say which kind it is, in bytes. */
const TEXT_HEAD_LENGTH = 1_024
/** Anything but the control characters that no text has. */
const TEXT_ONLY = /^[^\u0000-\u0008\u000e-\u001a\ufffd]*$/

/** Format by the first bytes, or in words what a file that isn't developed looks like. */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  const known = SIGNATURES.find(([, signatures]) => signatures.every((signature) => matches(bytes, signature)))
  if (known) return { format: known[0] }
  if (matches(bytes, FTYP)) return sniffBrands(bytes)
  const refused = REFUSED.find(([, signatures]) => signatures.every((signature) => matches(bytes, signature)))
  return { format: undefined, looksLike: refused ? refused[0] : sniffText(bytes) }
}

function matches(bytes: Uint8Array, { bytes: expected, offset = 0 }: Signature): boolean {
  const wanted = typeof expected === 'string' ? [...Buffer.from(expected, 'latin1')] : expected
  return wanted.every((byte, index) => bytes[offset + index] === byte)
}

function sniffBrands(bytes: Uint8Array): Sniffed {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = Math.min(view.readUInt32BE(0), view.length)
  const brands: string[] = []
  for (let at = BRANDS_OFFSET; at + BRAND_LENGTH <= end; at += BRAND_LENGTH) {
    brands.push(view.toString('latin1', at, at + BRAND_LENGTH))
  }
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return { format: 'avif' }
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return { format: 'heic' }
  const isHeif = brands.some((brand) => HEIF_BRANDS.has(brand))
  return { format: undefined, looksLike: isHeif ? 'a HEIF file without a HEIC picture' : 'a video' }
}

function sniffText(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, TEXT_HEAD_LENGTH))
    .toString('utf8')
    .replace(/\ufffd$/, '')
  if (/<svg[\s>]/i.test(head)) return 'an SVG'
  if (/<(!doctype\s+html|html|head|body|script)[\s>]/i.test(head)) return 'an HTML page'
  return TEXT_ONLY.test(head) ? 'a text' : 'unknown bytes'
}
