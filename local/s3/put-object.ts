import { rm } from 'node:fs/promises'
import { authorize, headerConditions } from './authorize.ts'
import { checkWritePreconditions, commitVersion } from './commit-version.ts'
import { MAX_PUT_BYTES } from './limits.ts'
import {
  checksumHeaders,
  encryptionHeaders,
  quotedEtag,
  readEncryption,
  readMetadata,
  refuseUnsupportedHeaders,
  versionIdHeader,
} from './object-headers.ts'
import type { Operation } from './operation.ts'
import { receiveBody } from './receive-body.ts'

/** PutObject: nothing is visible before the whole body has been received and found to be what was declared. */
export const putObject: Operation = async (state, request, bucket) => {
  const { key, headers } = request
  authorize(state.context, request, 's3:PutObject', bucket, key, headerConditions(headers))
  if (headers['if-match'] !== undefined) authorize(state.context, request, 's3:GetObject', bucket, key)
  refuseUnsupportedHeaders(headers)
  const fields = { key, ...readMetadata(headers), encryption: readEncryption(headers, bucket), deleteMarker: false }
  checkWritePreconditions(headers, state.storage.current(bucket.name, key))
  const body = await receiveBody(
    request.http,
    headers,
    request.payloadHash,
    state.storage.temporaryFile(),
    MAX_PUT_BYTES,
  )
  try {
    const { byteSize, md5, checksum, path } = body
    const version = commitVersion(
      state,
      bucket,
      request,
      { ...fields, byteSize, etag: md5, checksum },
      path,
      'ObjectCreated:Put',
    )
    return {
      status: 200,
      headers: {
        etag: quotedEtag(version),
        ...checksumHeaders(version),
        ...encryptionHeaders(version),
        ...versionIdHeader(version, bucket),
      },
    }
  } finally {
    await rm(body.path, { force: true })
  }
}
