import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Bucket } from './bucket.ts'
import { createDigest, DEFAULT_CHECKSUM } from './checksums.ts'
import { commitVersion } from './commit-version.ts'
import { readEncryption, readMetadata } from './object-headers.ts'
import type { S3State } from './operation.ts'

/** Random bytes of a request id: 16 characters, as S3's. */
const REQUEST_ID_BYTES = 8

/** Where a log delivery comes from: this machine. */
const SOURCE_IP = '127.0.0.1'

/**
 * Stores a log file as the account does that delivers CloudFront's logs: the bucket's ACL lets it, to which CloudFront
 * adds it, so neither IAM nor the bucket's policy is asked. That the bucket has ACLs was seen to at the start.
 */
export async function deliverLog(state: S3State, bucket: Bucket, key: string, bytes: Buffer): Promise<void> {
  const path = state.storage.temporaryFile()
  await writeFile(path, bytes)
  const digest = createDigest(DEFAULT_CHECKSUM)
  digest.update(bytes)
  const value = Buffer.from(await digest.digest()).toString('base64')
  commitVersion(
    state,
    bucket,
    {
      caller: { kind: 'service', service: 'delivery.logs.amazonaws.com' },
      requestId: randomBytes(REQUEST_ID_BYTES).toString('hex').toUpperCase(),
      sourceIp: SOURCE_IP,
      headers: {},
    },
    {
      key,
      ...readMetadata({}),
      encryption: readEncryption({}, bucket),
      deleteMarker: false,
      byteSize: bytes.length,
      etag: createHash('md5').update(bytes).digest('hex'),
      checksum: { algorithm: DEFAULT_CHECKSUM, value, type: 'FULL_OBJECT' },
    },
    path,
    'ObjectCreated:Put',
  )
}
