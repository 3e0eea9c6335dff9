import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { authorize } from './authorize.ts'
import { createDigest, readAlgorithm } from './checksums.ts'
import { commitVersion } from './commit-version.ts'
import { readXmlBody } from './delete-objects.ts'
import { S3Error } from './errors.ts'
import { MAX_MULTIPART_OBJECT_BYTES, MIN_PART_BYTES } from './limits.ts'
import { findUpload, type Part, readParts } from './multipart-upload.ts'
import { encryptionHeaders, quotedEtag, versionIdHeader } from './object-headers.ts'
import { type Operation, XML_CONTENT_TYPE } from './operation.ts'
import { asList, writeXml } from './xml.ts'

/** @throws S3Error InvalidPart, InvalidPartOrder, EntityTooSmall, EntityTooLarge */
export function chooseParts(wanted: Record<string, unknown>[], uploaded: Part[]): Part[] {
  if (wanted.length === 0) throw new S3Error('MalformedXML', 'Expected at least one part, received none')
  const chosen = wanted.map(({ PartNumber, ETag }) => {
    const part = uploaded.find(({ partNumber }) => partNumber === Number(PartNumber))
    if (part && String(ETag).replaceAll('"', '').replaceAll('&quot;', '') === part.md5) return part
    throw new S3Error(
      'InvalidPart',
      'One or more of the specified parts could not be found, or its entity tag did not match.',
      { PartNumber: String(PartNumber), ETag: String(ETag) },
    )
  })
  if (chosen.some(({ partNumber }, index) => partNumber <= (chosen[index - 1]?.partNumber ?? 0))) {
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.')
  }
  const small = chosen.slice(0, -1).find(({ byteSize }) => byteSize < MIN_PART_BYTES)
  if (small) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: small.byteSize,
      MinSizeAllowed: MIN_PART_BYTES,
      PartNumber: small.partNumber,
    })
  }
  const total = chosen.reduce((sum, { byteSize }) => sum + byteSize, 0)
  if (total > MAX_MULTIPART_OBJECT_BYTES)
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: total,
    })
  return chosen
}

export const completeMultipartUpload: Operation = async (state, request, bucket) => {
  authorize(state.context, request, 's3:PutObject', bucket, request.key)
  const { dir, upload } = findUpload(state, request, bucket)
  const content = await readXmlBody(state, request, 'CompleteMultipartUpload')
  const parts = chooseParts(asList(content.Part), readParts(dir))
  const path = state.storage.temporaryFile()
  try {
    const algorithm = readAlgorithm(upload.checksumAlgorithm ?? 'crc64nvme')
    const digest = createDigest(algorithm)
    for (const { partNumber } of parts) {
      await pipeline(
        createReadStream(join(dir, `${partNumber}.bytes`)),
        async function* (source: AsyncIterable<Buffer>) {
          for await (const chunk of source) {
            digest.update(chunk)
            yield chunk
          }
        },
        createWriteStream(path, { flags: 'a' }),
      )
    }
    const md5s = createHash('md5')
      .update(Buffer.from(parts.map(({ md5 }) => md5).join(''), 'hex'))
      .digest('hex')
    const { systemMetadata, userMetadata, encryption, key } = upload
    const version = commitVersion(
      state,
      bucket,
      request,
      {
        key,
        systemMetadata,
        userMetadata,
        encryption,
        deleteMarker: false,
        byteSize: parts.reduce((sum, { byteSize }) => sum + byteSize, 0),
        etag: `${md5s}-${parts.length}`,
        checksum: { algorithm, value: (await digest.digest()).toString('base64'), type: 'FULL_OBJECT' },
      },
      path,
      'ObjectCreated:CompleteMultipartUpload',
    )
    rmSync(dir, { recursive: true, force: true })
    return {
      status: 200,
      headers: { ...XML_CONTENT_TYPE, ...encryptionHeaders(version), ...versionIdHeader(version, bucket) },
      body: writeXml('CompleteMultipartUploadResult', {
        Location: `${state.context.endpoints.s3}/${bucket.name}/${encodeURI(key)}`,
        Bucket: bucket.name,
        Key: key,
        ETag: quotedEtag(version),
        [`Checksum${algorithm.toUpperCase()}`]: version.checksum?.value,
        ChecksumType: 'FULL_OBJECT',
      }),
    }
  } finally {
    await rm(path, { force: true })
  }
}
