import { Sha256 } from '@aws-crypto/sha256-js'
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner'
import { HttpRequest } from '@smithy/protocol-http'
import { UPLOAD_EXPIRES_SECONDS } from '../../resolvers/lib/limits.ts'
import type { SignUploadRequest, SignUploadResponse } from '../../resolvers/lib/sign-upload.ts'
import type { Clock } from './clock.ts'
import type { LambdaCredentials } from './environment.ts'
import { originalKey } from './object-keys.ts'

export interface PresignServices {
  bucket: string
  region: string
  /** S3's address when it isn't AWS's own; the bucket then goes into the path. */
  endpoint?: string | undefined
  credentials: () => LambdaCredentials
  clock: Pick<Clock, 'now'>
  /** Makes that many bytes that nobody can guess. */
  randomBytes: (size: number) => Buffer
}

const METHOD = 'PUT'

/** 128 bits: not to be guessed, so a variant's URL is known only to whom it was told. */
const MEDIA_KEY_BYTES = 16

const MS_PER_SECOND = 1_000

/**
 * Signs one PutObject: this key, size, content type and, if given, SHA-256, and only onto an empty place.
 * Every condition is a signed header, so S3 itself refuses what differs. The checksum must stay a header:
 * S3 takes no notice of one in the query. The S3 client is left out on purpose: it starts five times slower.
 */
export async function presignUpload(
  request: SignUploadRequest,
  services: PresignServices,
): Promise<SignUploadResponse> {
  const conditions: Record<string, string> = {
    'content-length': String(request.byteSize),
    'content-type': request.contentType,
    'if-none-match': '*',
  }
  if (request.sha256) conditions['x-amz-checksum-sha256'] = Buffer.from(request.sha256, 'hex').toString('base64')

  // A signature counts in whole seconds; the same instant starts the expiry that we tell.
  const signedAtMs = Math.floor(services.clock.now() / MS_PER_SECOND) * MS_PER_SECOND
  const presigner = new S3RequestPresigner({
    region: services.region,
    credentials: async () => services.credentials(),
    sha256: Sha256,
  })
  const signed = await presigner.presign(putRequest(originalKey(request), conditions, services), {
    expiresIn: UPLOAD_EXPIRES_SECONDS,
    signingDate: new Date(signedAtMs),
    signableHeaders: new Set(['host', ...Object.keys(conditions)]),
    unhoistableHeaders: new Set(Object.keys(conditions)),
  })
  return {
    mediaKey: services.randomBytes(MEDIA_KEY_BYTES).toString('base64url'),
    url: urlOf(signed),
    method: METHOD,
    headers: Object.entries(conditions).map(([name, value]) => ({ name, value })),
    expiresAt: new Date(signedAtMs + UPLOAD_EXPIRES_SECONDS * MS_PER_SECOND).toISOString(),
  }
}

/** The request as it will arrive: `bucket.s3.region` at AWS, path style at any other endpoint. */
function putRequest(key: string, headers: Record<string, string>, services: PresignServices): HttpRequest {
  const { bucket, endpoint, region } = services
  const url = endpoint
    ? new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${key}`)
    : new URL(`https://${bucket}.s3.${region}.${dnsSuffix(region)}/${key}`)
  return new HttpRequest({
    method: METHOD,
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port ? Number(url.port) : undefined,
    path: url.pathname,
    headers: { ...headers, host: url.host },
  })
}

/** Domain of an AWS region's services. Source: the partitions table of the AWS SDK, `aws` and `aws-cn`. */
function dnsSuffix(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
}

function urlOf(signed: { protocol?: string; hostname?: string; port?: number; path?: string; query?: object }): string {
  const url = new URL(`${signed.protocol}//${signed.hostname}${signed.port ? `:${signed.port}` : ''}${signed.path}`)
  for (const [name, value] of Object.entries(signed.query ?? {})) url.searchParams.set(name, String(value))
  return url.href
}
