import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3'
import { originalKey, type OriginalKey } from './object-keys.ts'
import { removeObjects } from './remove-objects.ts'

/** Originals, of which the bucket keeps every version. */
export interface OriginalVersions {
  /** Removes every version and delete marker of an original: nothing is left to be brought back. Repeatable. */
  remove(original: OriginalKey): Promise<void>
}

export function createOriginalVersions(s3: S3Client, bucket: string): OriginalVersions {
  return {
    async remove(original) {
      const key = originalKey(original)
      let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {}
      do {
        const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...marker }))
        const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
        const own = versions.flatMap(({ Key, VersionId }) => (Key === key ? [{ Key, VersionId }] : []))
        await removeObjects(s3, bucket, own)
        marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      } while (marker.KeyMarker !== undefined)
    },
  }
}
