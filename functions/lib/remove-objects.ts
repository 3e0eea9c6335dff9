import { DeleteObjectsCommand, type S3Client } from '@aws-sdk/client-s3'

/** One object, or one version of one. */
interface StoredObject {
  Key: string
  VersionId?: string | undefined
}

/**
 * Removes up to 1,000 objects; those that are not there any more count as removed.
 * @throws Error that names the objects that could not be removed
 */
export async function removeObjects(s3: S3Client, bucket: string, objects: StoredObject[]): Promise<void> {
  if (objects.length === 0) return
  const { Errors = [] } = await s3.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
  )
  if (Errors.length === 0) return
  throw new Error(`S3 did not remove ${Errors.map(({ Key, Code }) => `${Key} (${Code})`).join(', ')}`)
}
