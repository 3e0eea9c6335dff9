import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'

export interface OriginalIndex {
  /**
   * Whether something lies under the key, without reading any of it.
   * @throws S3's error, e.g. AccessDenied: absent and forbidden are never taken for each other
   */
  has(key: string): Promise<boolean>
}

/**
 * Looks into the list of keys, which takes s3:ListBucket alone. HeadObject would take s3:GetObject, and with it the
 * right to read every photo, and s3:ListBucket besides, without which S3 answers 403 for a key that is absent.
 */
export function createOriginalIndex(s3: S3Client, bucket: string): OriginalIndex {
  return {
    async has(key) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }))
      return Contents.some(({ Key }) => Key === key)
    },
  }
}
