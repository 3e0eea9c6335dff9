import { completeMultipartUpload } from './complete-multipart-upload.ts'
import { copyObject } from './copy-object.ts'
import { deleteObject } from './delete-object.ts'
import { deleteObjects } from './delete-objects.ts'
import { getBucketLocation, headBucket } from './describe-buckets.ts'
import { notEmulated, S3Error } from './errors.ts'
import { getObject } from './get-object.ts'
import { listObjectVersions } from './list-object-versions.ts'
import { listObjectsV2 } from './list-objects-v2.ts'
import {
  abortMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
} from './multipart-upload.ts'
import type { Headers, Operation } from './operation.ts'
import { putObject } from './put-object.ts'

/** Query parameters that select another operation on the same path. Source: S3 API reference, "Actions". */
const SUBRESOURCES = [
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataInventoryTable',
  'metadataJournalTable',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
]

/** `<method> bucket|object[?subresource]` -> what does it. */
const OPERATIONS: Record<string, Operation | undefined> = {
  'HEAD bucket': headBucket,
  'GET bucket?location': getBucketLocation,
  'GET bucket?versions': listObjectVersions,
  'POST bucket?delete': deleteObjects,
  'PUT object': putObject,
  'GET object': getObject,
  'HEAD object': getObject,
  'DELETE object': deleteObject,
  'POST object?uploads': createMultipartUpload,
  'PUT object?uploadId': uploadPart,
  'POST object?uploadId': completeMultipartUpload,
  'DELETE object?uploadId': abortMultipartUpload,
  'GET object?uploadId': listParts,
}

/** Names for what SDKs don't name themselves in `x-id`. */
const NAMES: Record<string, string | undefined> = {
  'GET bucket': 'ListObjects (version 1)',
  'PUT bucket': 'CreateBucket',
  'DELETE bucket': 'DeleteBucket',
  'POST bucket': 'PostObject (browser form upload)',
}

const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE'])

/**
 * Finds the operation of a request that names a bucket.
 * @throws S3Error MethodNotAllowed, NotImplemented with the operation's name
 */
export function findOperation(
  method: string,
  key: string,
  query: ReadonlyMap<string, string>,
  headers: Headers,
): Operation {
  if (!METHODS.has(method)) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      Method: method,
      ResourceType: 'OBJECT',
    })
  }
  const target = `${method} ${key === '' ? 'bucket' : 'object'}`
  const subresource = SUBRESOURCES.find((name) => query.has(name))
  const selector = subresource === undefined ? target : `${target}?${subresource}`
  const copies = headers['x-amz-copy-source'] !== undefined
  if (selector === 'PUT object' && copies) return copyObject
  if (selector === 'PUT object?uploadId' && copies) throw notEmulated('UploadPartCopy')
  if (selector === 'GET bucket' && query.get('list-type') === '2') return listObjectsV2
  const operation = OPERATIONS[selector]
  if (operation) return operation
  throw notEmulated(query.get('x-id') ?? NAMES[selector] ?? selector)
}
