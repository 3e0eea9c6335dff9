import type { ChecksumAlgorithm } from './checksums.ts'

/** The versionId of whatever was written while versioning was off or suspended. */
export const NULL_VERSION_ID = 'null'

/** One version of an object, or a delete marker: what stands in its JSON file. */
export interface StoredVersion {
  bucket: string
  key: string
  versionId: string
  /**
   * Hex of a fixed length; of two versions of a key the one with the greater sequencer is newer. Also names the files.
   */
  sequencer: string
  /** ISO 8601. */
  lastModified: string
  deleteMarker: boolean
  /** Bytes; 0 for a delete marker. */
  byteSize: number
  /** Hex MD5 of the bytes without quotes, `<md5 of the parts' md5>-<parts>` after a multipart upload. */
  etag: string
  checksum?: { algorithm: ChecksumAlgorithm; value: string; type: 'FULL_OBJECT' | 'COMPOSITE' }
  /** Content-Type, Cache-Control and the like, by lower-case header name. */
  systemMetadata: Record<string, string>
  /** By lower-case name without `x-amz-meta-`. */
  userMetadata: Record<string, string>
  encryption: { algorithm: string; kmsKeyId?: string; bucketKeyEnabled?: boolean }
}
