import { createHash, type Hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Crc32c, Crc64Nvme } from '@aws-sdk/checksums/crc'
import { S3Error } from './errors.ts'

/**
 * Digest lengths in bytes, by the name in `x-amz-checksum-<name>`. Source: S3 user guide, "Checking object integrity".
 */
const DIGEST_BYTES = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 } as const

export type ChecksumAlgorithm = keyof typeof DIGEST_BYTES
export const CHECKSUM_ALGORITHMS = Object.keys(DIGEST_BYTES) as ChecksumAlgorithm[]

/**
 * What S3 computes and keeps when the client sends no checksum. Source: S3 user guide, "Default data integrity
 * protections".
 */
export const DEFAULT_CHECKSUM: ChecksumAlgorithm = 'crc64nvme'

export const CHECKSUM_HEADER_PREFIX = 'x-amz-checksum-'

/** Hashes a stream of chunks; `digest` ends it. */
export interface Digest {
  update(chunk: Uint8Array): void
  digest(): Promise<Buffer>
}

const nodeDigest = (hash: Hash): Digest => ({
  update: (chunk) => {
    hash.update(chunk)
  },
  digest: async () => hash.digest(),
})

/** Node's own: what SDKs send with every PutObject unless told otherwise. */
function crc32Digest(): Digest {
  let value = 0
  return {
    update: (chunk) => {
      value = crc32(chunk, value)
    },
    digest: async () => {
      const digest = Buffer.alloc(DIGEST_BYTES.crc32)
      digest.writeUInt32BE(value)
      return digest
    },
  }
}

export function createDigest(algorithm: ChecksumAlgorithm | 'md5'): Digest {
  if (algorithm === 'md5' || algorithm === 'sha1' || algorithm === 'sha256') return nodeDigest(createHash(algorithm))
  if (algorithm === 'crc32') return crc32Digest()
  const crc = algorithm === 'crc32c' ? new Crc32c() : new Crc64Nvme()
  return {
    update: (chunk) => {
      crc.update(chunk)
    },
    digest: async () => Buffer.from(await crc.digest()),
  }
}

/** @throws S3Error InvalidRequest for an algorithm that is not in the list */
export function readAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find((each) => each === name.toLowerCase())
  if (algorithm) return algorithm
  throw new S3Error(
    'InvalidRequest',
    `Checksum algorithm provided is unsupported: expected one of ${CHECKSUM_ALGORITHMS.join(', ')}, received ${name}`,
  )
}

/** @throws S3Error InvalidRequest unless it is base64 of the algorithm's length */
export function checkChecksumValue(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length !== DIGEST_BYTES[algorithm] || bytes.toString('base64') !== value) {
    throw new S3Error('InvalidRequest', `Value for ${CHECKSUM_HEADER_PREFIX}${algorithm} header is invalid.`)
  }
}

/** What a request says of its body's checksum: the value in a header, or its name for the trailer to come. */
export interface DeclaredChecksum {
  algorithm: ChecksumAlgorithm
  /** Base64; undefined while it is still to come in the trailer. */
  value?: string
}

/**
 * Reads `x-amz-checksum-*`, `x-amz-trailer` and `x-amz-sdk-checksum-algorithm`; only headers count, never the query.
 */
export function readDeclaredChecksum(headers: Record<string, string | undefined>): DeclaredChecksum | undefined {
  const inHeaders = CHECKSUM_ALGORITHMS.filter((algorithm) => headers[CHECKSUM_HEADER_PREFIX + algorithm] !== undefined)
  if (inHeaders.length > 1) {
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  }
  const sdkAlgorithm = headers['x-amz-sdk-checksum-algorithm']
  const [algorithm] = inHeaders
  if (algorithm) {
    if (sdkAlgorithm !== undefined && readAlgorithm(sdkAlgorithm) !== algorithm) {
      throw new S3Error(
        'InvalidRequest',
        `Value for x-amz-sdk-checksum-algorithm header is invalid: expected ${algorithm}, received ${sdkAlgorithm}`,
      )
    }
    const value = headers[CHECKSUM_HEADER_PREFIX + algorithm] ?? ''
    checkChecksumValue(algorithm, value)
    return { algorithm, value }
  }
  const trailer = headers['x-amz-trailer']?.trim().toLowerCase()
  if (trailer !== undefined) {
    if (!trailer.startsWith(CHECKSUM_HEADER_PREFIX)) {
      throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported')
    }
    return { algorithm: readAlgorithm(trailer.slice(CHECKSUM_HEADER_PREFIX.length)) }
  }
  if (sdkAlgorithm !== undefined) {
    throw new S3Error(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer was found.',
    )
  }
  return undefined
}
