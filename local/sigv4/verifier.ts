import { timingSafeEqual } from 'node:crypto'
import type { CredentialStore, SignatureVerifier, SignedRequest, VerifiedSignature } from '../aws/context.ts'
import { SignatureError } from '../aws/context.ts'
import type { Clock } from '../clock.ts'
import { canonicalRequest } from './canonical-request.ts'
import { MAX_CLOCK_SKEW_MS } from './limits.ts'
import { type Authorization, readAuthorization, toAmzDate } from './read-authorization.ts'
import { deriveSigningKey, sha256Hex, signText, stringToSign } from './signing-key.ts'

export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'
const EMPTY_SHA256 = sha256Hex('')
const HEX_SHA256 = /^[0-9a-f]{64}$/
const MS_PER_SECOND = 1000

/**
 * Checks AWS Signature Version 4. The order of the checks is S3's: form, time, access key, token, scope, signature,
 * body.
 * S3 takes the body's hash from x-amz-content-sha256 and holds the body against it; every other service hashes the
 * body.
 */
export function createSignatureVerifier({
  credentials,
  clock,
}: {
  credentials: CredentialStore
  clock: Clock
}): SignatureVerifier {
  return {
    verify(request, expected): VerifiedSignature {
      const authorization = readAuthorization(request)
      checkTime(authorization, clock.now())
      const known = credentials.find(authorization.accessKeyId)
      const token = known?.credentials.sessionToken
      if (!known || (token !== undefined && authorization.sessionToken === undefined)) {
        throw new SignatureError(
          'unknown-access-key',
          `The access key id ${authorization.accessKeyId} is unknown, or its session token is missing`,
        )
      }
      if (!equalInConstantTime(token ?? '', authorization.sessionToken ?? '')) {
        throw new SignatureError('wrong-session-token', 'The session token does not belong to the access key')
      }
      checkScope(authorization, expected)
      const payloadHash = payloadHashOf(authorization, request, expected.service)
      checkSignature(authorization, request, payloadHash, known.credentials.secretAccessKey, expected.service)
      if (HEX_SHA256.test(payloadHash) && request.bodySha256 !== undefined && payloadHash !== request.bodySha256) {
        throw new SignatureError(
          'body-hash-mismatch',
          `The signed hash is ${payloadHash}, the body's is ${request.bodySha256}`,
        )
      }
      const { presigned, signedHeaders } = authorization
      return { caller: known.caller, presigned, signedHeaders, payloadHash }
    },
  }
}

function checkTime({ presigned, signedAtMs, expiresSeconds = 0 }: Authorization, nowMs: number): void {
  if (!presigned && Math.abs(nowMs - signedAtMs) > MAX_CLOCK_SKEW_MS) {
    throw new SignatureError(
      'clock-skew',
      `The request was signed at ${toAmzDate(signedAtMs)}, the server's time is ${toAmzDate(
        nowMs,
      )}: more than 15 minutes apart`,
    )
  }
  if (!presigned) return
  const expiresAtMs = signedAtMs + expiresSeconds * MS_PER_SECOND
  if (nowMs > expiresAtMs) {
    throw new SignatureError('expired', 'Request has expired', { expiresAt: new Date(expiresAtMs).toISOString() })
  }
  if (signedAtMs - nowMs > MAX_CLOCK_SKEW_MS) {
    throw new SignatureError('clock-skew', `Request is not yet valid: it was signed for ${toAmzDate(signedAtMs)}`)
  }
}

function checkScope({ scope, amzDate }: Authorization, expected: { service: string; region: string }): void {
  const wrong = (name: string, received: string, wanted: string): SignatureError =>
    new SignatureError('wrong-scope', `The credential's ${name} '${received}' is wrong; expecting '${wanted}'`)
  if (scope.region !== expected.region) throw wrong('region', scope.region, expected.region)
  if (scope.service !== expected.service) throw wrong('service', scope.service, expected.service)
  if (!amzDate.startsWith(scope.day)) throw wrong('date', scope.day, amzDate.slice(0, scope.day.length))
}

function payloadHashOf(authorization: Authorization, request: SignedRequest, service: string): string {
  if (service === 's3') {
    if (authorization.presigned) return authorization.declaredPayloadHash ?? UNSIGNED_PAYLOAD
    if (authorization.declaredPayloadHash !== undefined) return authorization.declaredPayloadHash
    throw new SignatureError('malformed', 'Missing required header for this request: x-amz-content-sha256')
  }
  return authorization.declaredPayloadHash ?? request.bodySha256 ?? EMPTY_SHA256
}

function checkSignature(
  { signedHeaders, amzDate, scope, signature }: Authorization,
  request: SignedRequest,
  payloadHash: string,
  secretAccessKey: string,
  service: string,
): void {
  if (!signedHeaders.includes('host')) throw new SignatureError('malformed', "'host' must be a signed header")
  const { method, url, headers } = request
  const canonical = canonicalRequest({
    method,
    url,
    headers,
    signedHeaders,
    payloadHash,
    encodePathTwice: service !== 's3',
  })
  const text = stringToSign(amzDate, scope, canonical)
  if (!equalInConstantTime(signText(deriveSigningKey(secretAccessKey, scope), text), signature)) {
    throw new SignatureError(
      'mismatch',
      'The request signature we calculated does not match the signature you provided',
      { canonicalRequest: canonical, stringToSign: text },
    )
  }
}

/** Hashed first: the comparison tells nothing of lengths either. */
function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)))
}
