import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { authorize } from './authorize.ts'
import type { Bucket } from './bucket.ts'
import { CHECKSUM_HEADER_PREFIX, readAlgorithm } from './checksums.ts'
import { notEmulated, S3Error } from './errors.ts'
import { MAX_PART_NUMBER, MAX_PUT_BYTES } from './limits.ts'
import { readEncryption, readMetadata, refuseUnsupportedHeaders } from './object-headers.ts'
import { type Operation, type S3Request, type S3State, XML_CONTENT_TYPE } from './operation.ts'
import { receiveBody } from './receive-body.ts'
import type { StoredVersion } from './stored-version.ts'
import { writeXml } from './xml.ts'

/** Random bytes of an upload id. */
const UPLOAD_ID_BYTES = 48
const UPLOAD_ID = /^[A-Za-z0-9_-]{64}$/

/**
 * An upload under way: `upload.json` in a folder named by its id, and `<part number>.json` + `.bytes` for each part.
 */
interface Upload extends Pick<StoredVersion, 'key' | 'systemMetadata' | 'userMetadata' | 'encryption'> {
  bucket: string
  checksumAlgorithm?: string
}

export interface Part {
  partNumber: number
  byteSize: number
  md5: string
  lastModified: string
}

export const createMultipartUpload: Operation = async (state, request, bucket) => {
  const { headers, key } = request
  authorize(state.context, request, 's3:PutObject', bucket, key)
  refuseUnsupportedHeaders(headers)
  if (headers['x-amz-checksum-type'] === 'COMPOSITE') throw notEmulated('A composite checksum of a multipart upload')
  const algorithm = headers['x-amz-checksum-algorithm']
  const upload: Upload = {
    bucket: bucket.name,
    key,
    ...readMetadata(headers),
    encryption: readEncryption(headers, bucket),
    checksumAlgorithm: algorithm && readAlgorithm(algorithm),
  }
  const uploadId = randomBytes(UPLOAD_ID_BYTES).toString('base64url')
  mkdirSync(join(state.uploadsDir, uploadId))
  writeFileSync(join(state.uploadsDir, uploadId, 'upload.json'), JSON.stringify(upload))
  return {
    status: 200,
    headers: { ...XML_CONTENT_TYPE, 'x-amz-checksum-algorithm': algorithm },
    body: writeXml('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: uploadId }),
  }
}

/** @throws S3Error NoSuchUpload */
export function findUpload(
  { uploadsDir }: S3State,
  { query, key }: S3Request,
  bucket: Bucket,
): { dir: string; uploadId: string; upload: Upload } {
  const uploadId = query.get('uploadId') ?? ''
  const dir = join(uploadsDir, uploadId)
  const missing = new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or it was aborted or completed.',
    { UploadId: uploadId },
  )
  if (!UPLOAD_ID.test(uploadId) || !existsSync(join(dir, 'upload.json'))) throw missing
  const upload = JSON.parse(readFileSync(join(dir, 'upload.json'), 'utf8')) as Upload
  if (upload.bucket !== bucket.name || upload.key !== key) throw missing
  return { dir, uploadId, upload }
}

export const uploadPart: Operation = async (state, request, bucket) => {
  authorize(state.context, request, 's3:PutObject', bucket, request.key)
  const { dir } = findUpload(state, request, bucket)
  const partNumber = Number(request.query.get('partNumber'))
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > MAX_PART_NUMBER) {
    throw new S3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PART_NUMBER}, inclusive`, {
      ArgumentName: 'partNumber',
      ArgumentValue: request.query.get('partNumber') ?? '',
    })
  }
  const { http, headers, payloadHash } = request
  const body = await receiveBody(http, headers, payloadHash, state.storage.temporaryFile(), MAX_PUT_BYTES)
  const part: Part = {
    partNumber,
    byteSize: body.byteSize,
    md5: body.md5,
    lastModified: new Date(state.context.clock.now()).toISOString(),
  }
  if (!existsSync(dir)) {
    await rm(body.path, { force: true })
    findUpload(state, request, bucket)
  }
  renameSync(body.path, join(dir, `${partNumber}.bytes`))
  writeFileSync(join(dir, `${partNumber}.json`), JSON.stringify(part))
  return {
    status: 200,
    headers: { etag: `"${body.md5}"`, [CHECKSUM_HEADER_PREFIX + body.checksum.algorithm]: body.checksum.value },
  }
}

export const readParts = (dir: string): Part[] =>
  readdirSync(dir)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')) as Part)
    .sort((a, b) => a.partNumber - b.partNumber)

export const listParts: Operation = async (state, request, bucket) => {
  authorize(state.context, request, 's3:ListMultipartUploadParts', bucket, request.key)
  const { dir, uploadId } = findUpload(state, request, bucket)
  if (request.query.has('part-number-marker') || request.query.has('max-parts'))
    throw notEmulated('Paging of ListParts')
  const parts = readParts(dir).map(({ partNumber, lastModified, md5, byteSize }) => ({
    PartNumber: partNumber,
    LastModified: lastModified,
    ETag: `"${md5}"`,
    Size: byteSize,
  }))
  return {
    status: 200,
    headers: XML_CONTENT_TYPE,
    body: writeXml('ListPartsResult', {
      Bucket: bucket.name,
      Key: request.key,
      UploadId: uploadId,
      IsTruncated: false,
      StorageClass: 'STANDARD',
      Part: parts,
    }),
  }
}

export const abortMultipartUpload: Operation = async (state, request, bucket) => {
  authorize(state.context, request, 's3:AbortMultipartUpload', bucket, request.key)
  rmSync(findUpload(state, request, bucket).dir, { recursive: true, force: true })
  return { status: 204 }
}
