import { createReadStream } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { authorize, headerConditions } from './authorize.ts'
import { type ChecksumAlgorithm, createDigest, readAlgorithm } from './checksums.ts'
import { commitVersion, preconditionFailed } from './commit-version.ts'
import { judgeRead } from './conditions.ts'
import { S3Error } from './errors.ts'
import { findReadableVersion } from './find-version.ts'
import { MAX_PUT_BYTES } from './limits.ts'
import {
  encryptionHeaders,
  quotedEtag,
  readEncryption,
  readMetadata,
  refuseUnsupportedHeaders,
  versionIdHeader,
} from './object-headers.ts'
import { type Headers, type Operation, XML_CONTENT_TYPE } from './operation.ts'
import type { StoredVersion } from './stored-version.ts'
import { writeXml } from './xml.ts'

const COPY_CONDITION_PREFIX = 'x-amz-copy-source-'

interface CopySource {
  bucketName: string
  key: string
  versionId?: string
}

/** `[/]<bucket>/<key>[?versionId=...]`, percent-encoded. */
function readCopySource(header: string): CopySource {
  const [path = '', query = ''] = header.split('?versionId=')
  const [bucketName = '', ...segments] = decodeURIComponent(path.replace(/^\//, '')).split('/')
  const key = segments.join('/')
  if (bucketName === '' || key === '') {
    throw new S3Error('InvalidArgument', 'Invalid copy source object key', {
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: header,
    })
  }
  return { bucketName, key, versionId: query === '' ? undefined : query }
}

/** CopyObject: reads as the caller, then writes as the caller. */
export const copyObject: Operation = async (state, request, bucket) => {
  const { headers, key } = request
  const { storage, context } = state
  const source = readCopySource(headers['x-amz-copy-source'] ?? '')
  const sourceBucket = state.buckets.get(source.bucketName)
  if (!sourceBucket)
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: source.bucketName })
  authorize(context, request, 's3:PutObject', bucket, key, headerConditions(headers))
  refuseUnsupportedHeaders(headers)
  const original = findReadableVersion(state, request, sourceBucket, source.key, source.versionId)
  checkCopyConditions(headers, original)
  const replaceMetadata = headers['x-amz-metadata-directive'] === 'REPLACE'
  if (
    bucket.name === sourceBucket.name &&
    key === source.key &&
    source.versionId === undefined &&
    !replaceMetadata &&
    headers['x-amz-server-side-encryption'] === undefined
  ) {
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing ' +
        "the object's metadata, storage class, website redirect location or encryption attributes.",
    )
  }
  if (original.byteSize > MAX_PUT_BYTES) {
    throw new S3Error(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PUT_BYTES}`,
    )
  }
  const path = storage.temporaryFile()
  try {
    await copyFile(storage.bodyFile(original), path)
    const algorithm =
      headers['x-amz-checksum-algorithm'] === undefined
        ? original.checksum?.algorithm ?? 'crc64nvme'
        : readAlgorithm(headers['x-amz-checksum-algorithm'])
    const { md5, checksum } = await digestFile(path, algorithm)
    const { systemMetadata, userMetadata } = replaceMetadata ? readMetadata(headers) : original
    const version = commitVersion(
      state,
      bucket,
      request,
      {
        key,
        deleteMarker: false,
        byteSize: original.byteSize,
        etag: md5,
        systemMetadata,
        userMetadata,
        encryption: readEncryption(headers, bucket),
        checksum: { algorithm, value: checksum, type: 'FULL_OBJECT' },
      },
      path,
      'ObjectCreated:Copy',
    )
    return {
      status: 200,
      headers: {
        ...XML_CONTENT_TYPE,
        ...encryptionHeaders(version),
        ...versionIdHeader(version, bucket),
        'x-amz-copy-source-version-id': versionIdHeader(original, sourceBucket)['x-amz-version-id'],
      },
      body: writeXml('CopyObjectResult', {
        LastModified: version.lastModified,
        ETag: quotedEtag(version),
        [`Checksum${algorithm.toUpperCase()}`]: checksum,
        ChecksumType: 'FULL_OBJECT',
      }),
    }
  } finally {
    await rm(path, { force: true })
  }
}

function checkCopyConditions(headers: Headers, original: StoredVersion): void {
  const conditions = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(COPY_CONDITION_PREFIX))
      .map(([name, value]) => [name.slice(COPY_CONDITION_PREFIX.length), value]),
  )
  const verdict = judgeRead(conditions, { etag: quotedEtag(original), lastModified: original.lastModified })
  if (verdict === 'send') return
  throw preconditionFailed(`x-amz-copy-source-${verdict === 'not-modified' ? 'If-None-Match' : verdict.failed}`)
}

async function digestFile(path: string, algorithm: ChecksumAlgorithm): Promise<{ md5: string; checksum: string }> {
  const md5 = createDigest('md5')
  const checksum = createDigest(algorithm)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    md5.update(chunk)
    checksum.update(chunk)
  }
  return { md5: (await md5.digest()).toString('hex'), checksum: (await checksum.digest()).toString('base64') }
}
