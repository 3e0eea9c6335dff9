import {
  DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client,
} from '@aws-sdk/client-s3'
import { labelPictureKey, variantsPrefix } from './object-keys.ts'
import { createOriginalIndex } from './original-index.ts'
import { removeObjects } from './remove-objects.ts'

/** The JPEGs of pictures that are labelled later. Never served. */
export interface LabelPictures {
  /** Stores the JPEG, replacing the one of an earlier attempt. */
  keep(mediaKey: string, jpeg: Uint8Array): Promise<void>
  /** Undefined when there is none, or none any more. */
  read(mediaKey: string): Promise<Uint8Array | undefined>
  /** Repeatable. */
  remove(mediaKey: string): Promise<void>
}

/** All that was made of an image. */
export interface Renditions {
  /** Removes every variant, and the JPEG that was to be labelled. Repeatable. @returns how many objects */
  remove(mediaKey: string): Promise<number>
}

const CONTENT_TYPE = 'image/jpeg'

export function createLabelPictures(s3: S3Client, bucket: string): LabelPictures {
  const object = (mediaKey: string) => ({ Bucket: bucket, Key: labelPictureKey(mediaKey) })
  const index = createOriginalIndex(s3, bucket)
  return {
    async keep(mediaKey, jpeg) {
      await s3.send(new PutObjectCommand({ ...object(mediaKey), Body: jpeg, ContentType: CONTENT_TYPE }))
    },
    async read(mediaKey) {
      // Who may not list is answered 403 for a key that is absent, and listing is granted by prefix alone.
      if (!(await index.has(labelPictureKey(mediaKey)))) return undefined
      const { Body } = await s3.send(new GetObjectCommand(object(mediaKey)))
      return Body?.transformToByteArray()
    },
    async remove(mediaKey) {
      await s3.send(new DeleteObjectCommand(object(mediaKey)))
    },
  }
}

export function createRenditions(s3: S3Client, bucket: string): Renditions {
  return {
    async remove(mediaKey) {
      let removed = 0
      let token: string | undefined
      do {
        const page = await s3.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: variantsPrefix(mediaKey), ContinuationToken: token }),
        )
        const variants = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]))
        const keys = token === undefined ? [labelPictureKey(mediaKey), ...variants] : variants
        await removeObjects(s3, bucket, keys.map((Key) => ({ Key })))
        removed += variants.length
        token = page.NextContinuationToken
      } while (token !== undefined)
      return removed
    },
  }
}
