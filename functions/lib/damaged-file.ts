import { Refusal } from './failures.ts'
import type { PictureFormat } from './picture-format.ts'

/** libvips says so when memory is short: our fault, and no word about the file. */
const OUT_OF_MEMORY = /out of memory|unable to (m|re)?alloc|cannot allocate/i

/** What decoders say of a file that stops before its end. */
const ENDS_EARLY = /premature end|unexpected end|read error|bad seek|unable to parse|truncat/i

/**
 * The refusal that a decoder's error amounts to; the error itself is its cause, for the log.
 * @throws the error when it is no word about the file
 */
export function damaged(error: unknown, format: PictureFormat): Refusal {
  const text = String(error)
  if (OUT_OF_MEMORY.test(text)) throw error
  const received = ENDS_EARLY.test(text) ? 'one that ends early' : 'one that can not be decoded'
  return new Refusal('CORRUPT_IMAGE', `a whole ${format} file`, received, { cause: error })
}
