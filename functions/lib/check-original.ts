import { createHash } from 'node:crypto'
import { Refusal } from './failures.ts'
import { CONTENT_TYPES, sniffFormat, type PictureFormat } from './picture-format.ts'

/** The formats, in words for people. */
const SUPPORTED = Object.keys(CONTENT_TYPES).join(', ')

/**
 * Holds the stored size against the declared one, before a byte is fetched. S3 did so too, through the signature; an
 * operator's own upload did not pass by there.
 * @throws Refusal EMPTY_FILE, SIZE_MISMATCH
 */
export function checkSize(byteSize: number, declared: number): void {
  if (byteSize === 0) throw new Refusal('EMPTY_FILE', `${declared} bytes`, '0 bytes')
  if (byteSize !== declared) throw new Refusal('SIZE_MISMATCH', `${declared} bytes`, `${byteSize} bytes`)
}

/**
 * Format by the file's own bytes, held against the declared content type.
 * @throws Refusal UNSUPPORTED_FORMAT, CONTENT_TYPE_MISMATCH
 */
export function checkFormat(bytes: Uint8Array, declared: string): PictureFormat {
  const sniffed = sniffFormat(bytes)
  if (!sniffed.format) throw new Refusal('UNSUPPORTED_FORMAT', `one of ${SUPPORTED}`, sniffed.looksLike)
  const contentType = CONTENT_TYPES[sniffed.format]
  if (contentType !== declared) throw new Refusal('CONTENT_TYPE_MISMATCH', declared, contentType)
  return sniffed.format
}

/**
 * SHA-256 of what was read, in hex.
 * @param declared what S3 held the upload against, or what was recorded of it before; undefined and null: nothing yet
 * @throws Error when it is another: bytes went astray between S3 and here, and another attempt may read them whole
 */
export function checkSha256(bytes: Uint8Array, declared: string | null | undefined): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (declared && declared !== sha256) throw new Error(`expected an original of SHA-256 ${declared}, read ${sha256}`)
  return sha256
}
