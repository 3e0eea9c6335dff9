/** A stretch of bytes, first and last included. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * Reads a Range header.
 * @returns undefined when there is none to honour: absent, not in bytes, malformed, or of several ranges, which S3
 * sends whole;
 *   `unsatisfiable` when it starts behind the end
 */
export function readRange(header: string | undefined, byteSize: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return undefined
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return undefined
  if (from === '') {
    const count = Math.min(Number(to), byteSize)
    return count === 0 ? 'unsatisfiable' : { first: byteSize - count, last: byteSize - 1 }
  }
  const first = Number(from)
  const last = to === '' ? byteSize - 1 : Math.min(Number(to), byteSize - 1)
  if (to !== '' && Number(to) < first) return undefined
  return first >= byteSize ? 'unsatisfiable' : { first, last }
}
