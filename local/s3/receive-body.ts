import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { decodeAwsChunked, type Trailers, UNSIGNED_CHUNKS_WITH_TRAILER } from './aws-chunked.ts'
import {
  CHECKSUM_HEADER_PREFIX,
  checkChecksumValue,
  createDigest,
  DEFAULT_CHECKSUM,
  type DeclaredChecksum,
  readDeclaredChecksum,
} from './checksums.ts'
import { notEmulated, S3Error } from './errors.ts'
import type { StoredVersion } from './stored-version.ts'

/** A body that is on the disk and is what its sender said it would be. */
export interface ReceivedBody {
  path: string
  byteSize: number
  /** Hex. */
  md5: string
  checksum: NonNullable<StoredVersion['checksum']>
}

/** What a request's headers say about its body. */
interface DeclaredBody {
  chunked: boolean
  byteSize: number
  /** Hex; undefined where the signature leaves the body out. */
  sha256?: string
  /** Base64. */
  md5?: string
  checksum?: DeclaredChecksum
}

const HEX_SHA256 = /^[0-9a-f]{64}$/
const MD5_BYTES = 16
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

/** What is written at once at least, in bytes: sockets deliver 64 KiB, and each write wakes a thread. */
const WRITE_BYTES = 1_048_576

/**
 * Writes the request's body to `path` and holds it against everything its headers and trailers declare.
 * On any failure the file is removed.
 * @param payloadHash what the signature says of the body: hex, UNSIGNED-PAYLOAD or a STREAMING marker
 * @param maxBytes EntityTooLarge above it
 */
export async function receiveBody(
  request: IncomingMessage,
  headers: Record<string, string | undefined>,
  payloadHash: string,
  path: string,
  maxBytes: number,
): Promise<ReceivedBody> {
  const declared = readDeclaredBody(headers, payloadHash, maxBytes)
  try {
    return await writeAndCheck(request, declared, path)
  } catch (error) {
    await rm(path, { force: true })
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') {
      throw new S3Error(
        'IncompleteBody',
        'You did not provide the number of bytes specified by the Content-Length HTTP header',
      )
    }
    throw error
  }
}

function readDeclaredBody(
  headers: Record<string, string | undefined>,
  payloadHash: string,
  maxBytes: number,
): DeclaredBody {
  const chunked = payloadHash.startsWith('STREAMING-')
  if (chunked && payloadHash !== UNSIGNED_CHUNKS_WITH_TRAILER) throw notEmulated(`x-amz-content-sha256: ${payloadHash}`)
  if (!chunked && payloadHash !== UNSIGNED_PAYLOAD && !HEX_SHA256.test(payloadHash)) {
    throw new S3Error(
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, ' +
        `STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value, received ${JSON.stringify(payloadHash)}`,
    )
  }
  if (!chunked && headers['transfer-encoding'] !== undefined) {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      Header: 'Transfer-Encoding',
    })
  }
  const length = chunked ? headers['x-amz-decoded-content-length'] : headers['content-length']
  if (length === undefined || !/^\d+$/.test(length)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.')
  }
  const byteSize = Number(length)
  if (byteSize > maxBytes) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: byteSize,
      MaxSizeAllowed: maxBytes,
    })
  }
  const md5 = headers['content-md5']
  if (
    md5 !== undefined &&
    (Buffer.from(md5, 'base64').length !== MD5_BYTES || Buffer.from(md5, 'base64').toString('base64') !== md5)
  ) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', { 'Content-MD5': md5 })
  }
  return {
    chunked,
    byteSize,
    md5,
    sha256: HEX_SHA256.test(payloadHash) ? payloadHash : undefined,
    checksum: readDeclaredChecksum(headers),
  }
}

async function writeAndCheck(
  request: AsyncIterable<Buffer>,
  declared: DeclaredBody,
  path: string,
): Promise<ReceivedBody> {
  const trailers: Trailers = new Map()
  const source = declared.chunked ? decodeAwsChunked(request, trailers) : request
  const algorithm = declared.checksum?.algorithm ?? DEFAULT_CHECKSUM
  const checksumDigest = createDigest(algorithm)
  const md5Digest = createDigest('md5')
  const sha256 = declared.sha256 === undefined ? undefined : createHash('sha256')
  let byteSize = 0
  let unwritten: Buffer[] = []
  let unwrittenBytes = 0
  const file = await open(path, 'wx')
  try {
    for await (const chunk of source) {
      byteSize += chunk.length
      if (byteSize > declared.byteSize) break
      checksumDigest.update(chunk)
      md5Digest.update(chunk)
      sha256?.update(chunk)
      unwritten.push(chunk)
      unwrittenBytes += chunk.length
      if (unwrittenBytes < WRITE_BYTES) continue
      await file.writeFile(Buffer.concat(unwritten))
      unwritten = []
      unwrittenBytes = 0
    }
    if (unwrittenBytes > 0) await file.writeFile(Buffer.concat(unwritten))
  } finally {
    await file.close()
  }
  if (byteSize !== declared.byteSize) {
    throw new S3Error(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header: ' +
        `expected ${declared.byteSize}, received ${byteSize > declared.byteSize ? 'more' : byteSize}`,
    )
  }
  const md5 = await md5Digest.digest()
  const value = (await checksumDigest.digest()).toString('base64')
  const computedSha256 = sha256?.digest('hex')
  if (computedSha256 !== declared.sha256) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { ClientComputedContentSHA256: declared.sha256 ?? '', S3ComputedContentSHA256: computedSha256 ?? '' },
    )
  }
  if (declared.md5 !== undefined && declared.md5 !== md5.toString('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
      ExpectedDigest: declared.md5,
      CalculatedDigest: md5.toString('base64'),
    })
  }
  checkChecksum(declared.checksum, trailers, value)
  return { path, byteSize, md5: md5.toString('hex'), checksum: { algorithm, value, type: 'FULL_OBJECT' } }
}

function checkChecksum(declared: DeclaredChecksum | undefined, trailers: Trailers, computed: string): void {
  if (!declared) return
  const expected = declared.value ?? trailers.get(CHECKSUM_HEADER_PREFIX + declared.algorithm)
  if (expected === undefined) {
    throw new S3Error(
      'InvalidRequest',
      `Expected the trailer ${CHECKSUM_HEADER_PREFIX}${declared.algorithm} that x-amz-trailer announced, received none`,
    )
  }
  checkChecksumValue(declared.algorithm, expected)
  if (expected !== computed) {
    throw new S3Error(
      'BadDigest',
      `The ${declared.algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    )
  }
}
