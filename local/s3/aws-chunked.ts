import { CHECKSUM_HEADER_PREFIX } from './checksums.ts'
import { S3Error } from './errors.ts'

/** Longest line of a chunk's head or a trailer, in bytes; a signature and a checksum fit many times over. */
const MAX_LINE_BYTES = 1024

/** Payload hashes that announce a body in chunks. */
export const UNSIGNED_CHUNKS_WITH_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'

/** Trailer names and values of an aws-chunked body, lower-case names; filled once the body has been read. */
export type Trailers = Map<string, string>

const malformed = (expected: string): S3Error =>
  new S3Error('InvalidRequest', `The request is not valid in the aws-chunked encoding: expected ${expected}`)

/** Hands out lines and runs of bytes of a stream, whatever the sizes its chunks come in. */
class ByteReader {
  #buffered: Buffer = Buffer.alloc(0)
  readonly #source: AsyncIterator<Buffer>

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** @returns false at the end of the stream */
  async #more(): Promise<boolean> {
    const next = await this.#source.next()
    if (next.done) return false
    this.#buffered = this.#buffered.length === 0 ? next.value : Buffer.concat([this.#buffered, next.value])
    return true
  }

  /** Without its CRLF. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#buffered.indexOf('\r\n')
      if (end >= 0) {
        const text = this.#buffered.subarray(0, end).toString('latin1')
        this.#buffered = this.#buffered.subarray(end + 2)
        return text
      }
      if (this.#buffered.length > MAX_LINE_BYTES) throw malformed(`a line of at most ${MAX_LINE_BYTES} bytes`)
      if (!(await this.#more())) throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly')
    }
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    let left = count
    while (left > 0) {
      if (this.#buffered.length === 0 && !(await this.#more())) {
        throw new S3Error('IncompleteBody', 'The request body terminated unexpectedly')
      }
      const taken = this.#buffered.subarray(0, left)
      this.#buffered = this.#buffered.subarray(taken.length)
      left -= taken.length
      yield taken
    }
  }
}

/**
 * Decodes `<hex size>\r\n<bytes>\r\n ... 0\r\n<trailers>\r\n\r\n` and collects the trailers.
 * Source: S3 API reference, "Signature calculations ... including trailing headers".
 * @throws S3Error InvalidRequest when the framing is broken, IncompleteBody when it ends early
 */
export async function* decodeAwsChunked(source: AsyncIterable<Buffer>, trailers: Trailers): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  for (;;) {
    const head = await reader.line()
    const size = /^([0-9a-fA-F]{1,16})$/.exec(head)?.[1]
    if (size === undefined) throw malformed(`a chunk's size in hexadecimal, received ${JSON.stringify(head)}`)
    const byteSize = Number.parseInt(size, 16)
    if (byteSize === 0) break
    yield* reader.bytes(byteSize)
    if ((await reader.line()) !== '') throw malformed('a line break after the chunk')
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon < 0 || !name.startsWith(CHECKSUM_HEADER_PREFIX))
      throw malformed(`a checksum as the trailer, received ${JSON.stringify(name)}`)
    trailers.set(name, line.slice(colon + 1).trim())
  }
}
