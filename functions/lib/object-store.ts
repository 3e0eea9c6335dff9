import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'

export interface OriginalStore {
  /**
   * The bytes of one version of an original.
   * @throws S3's error, e.g. NoSuchKey, AccessDenied
   */
  read(object: { bucket: string; key: string; versionId: string | undefined }): Promise<Uint8Array>
}

export interface MediaStore {
  /** Stores a variant, replacing what stood under the key: the same original gives the same bytes again. */
  write(key: string, bytes: Uint8Array, contentType: string): Promise<void>
}

/** A key never gets other bytes, so whoever has a copy may keep it, for a year. Source: RFC 9111, RFC 8246. */
const IMMUTABLE = 'public, max-age=31536000, immutable'

export function createOriginalStore(s3: S3Client): OriginalStore {
  return {
    async read({ bucket, key, versionId }) {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }))
      if (!answer.Body) throw new TypeError(`expected a body for ${key}, got none`)
      return answer.Body.transformToByteArray()
    },
  }
}

export function createMediaStore(s3: S3Client, bucket: string): MediaStore {
  return {
    async write(key, bytes, contentType) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: contentType,
          CacheControl: IMMUTABLE,
        }),
      )
    },
  }
}
