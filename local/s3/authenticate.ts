import type { SignatureVerifier, VerifiedSignature } from '../aws/context.ts'
import { SignatureError } from '../aws/context.ts'
import type { Clock } from '../clock.ts'
import { MAX_CLOCK_SKEW_MS } from '../sigv4/limits.ts'
import { accessDenied, S3Error } from './errors.ts'
import type { Headers } from './operation.ts'

/** S3 lets this one stand unsigned: the signature covers its value as the payload's hash anyway. */
const MAY_BE_UNSIGNED = new Set(['x-amz-content-sha256'])

interface Signed {
  method: string
  url: string
  headers: Headers
}

/**
 * Checks the signature, and that every x-amz-* header that was sent is covered by it.
 * @returns undefined for a request without any signature
 * @throws S3Error as S3 words each fault
 */
export function authenticate(
  { signatures, clock, region }: { signatures: SignatureVerifier; clock: Clock; region: string },
  request: Signed,
): VerifiedSignature | undefined {
  let verified: VerifiedSignature
  try {
    verified = signatures.verify(request, { service: 's3', region })
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    if (error.fault === 'missing') return refuseOldSignatures(request)
    throw toS3Error(error, request, clock.now(), region)
  }
  const signed = new Set(verified.signedHeaders)
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !signed.has(name) && !MAY_BE_UNSIGNED.has(name),
  )
  if (unsigned.length > 0) {
    throw accessDenied('There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.sort().join(', '),
    })
  }
  return verified
}

function refuseOldSignatures({ url }: Signed): undefined {
  if (!/[?&]AWSAccessKeyId=/.test(url)) return undefined
  throw new S3Error(
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  )
}

function toS3Error(
  { fault, message, details }: SignatureError,
  { headers }: Signed,
  nowMs: number,
  region: string,
): S3Error {
  const presigned = headers.authorization === undefined
  const serverTime = new Date(nowMs).toISOString()
  switch (fault) {
    case 'expired':
      return accessDenied('Request has expired', { Expires: details.expiresAt ?? '', ServerTime: serverTime })
    case 'clock-skew':
      return presigned
        ? accessDenied('Request is not yet valid', { ServerTime: serverTime })
        : new S3Error(
            'RequestTimeTooSkewed',
            'The difference between the request time and the current time is too large.',
            {
              RequestTime: headers['x-amz-date'] ?? headers.date ?? '',
              ServerTime: serverTime,
              MaxAllowedSkewMilliseconds: MAX_CLOCK_SKEW_MS,
            },
          )
    case 'unknown-access-key':
      return new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
    case 'wrong-session-token':
      return new S3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.')
    case 'mismatch':
      return new S3Error(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and method.',
        { StringToSign: details.stringToSign ?? '', CanonicalRequest: details.canonicalRequest ?? '' },
      )
    case 'body-hash-mismatch':
      return new S3Error('XAmzContentSHA256Mismatch', message)
    case 'wrong-scope':
      return new S3Error(malformedCode(presigned), message, { Region: region })
    case 'malformed':
    case 'missing':
      return new S3Error(malformedCode(presigned), message)
  }
}

const malformedCode = (presigned: boolean): 'AuthorizationQueryParametersError' | 'AuthorizationHeaderMalformed' =>
  presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed'
