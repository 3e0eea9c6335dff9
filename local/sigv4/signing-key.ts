import { createHash, createHmac } from 'node:crypto'

export const ALGORITHM = 'AWS4-HMAC-SHA256'

/** What a signature is good for: one day, one region, one service. */
export interface CredentialScope {
  /** `YYYYMMDD`, UTC. */
  day: string
  region: string
  service: string
}

export const scopeText = ({ day, region, service }: CredentialScope): string =>
  `${day}/${region}/${service}/aws4_request`

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac('sha256', key).update(data, 'utf8').digest()

/** Source: IAM user guide, "Create a signed AWS API request", step 3. */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const byDay = hmac(`AWS4${secretAccessKey}`, scope.day)
  return hmac(hmac(hmac(byDay, scope.region), scope.service), 'aws4_request')
}

/**
 * The text that is signed.
 * @param amzDate `YYYYMMDDTHHMMSSZ`
 */
export function stringToSign(amzDate: string, scope: CredentialScope, canonicalRequest: string): string {
  return [ALGORITHM, amzDate, scopeText(scope), sha256Hex(canonicalRequest)].join('\n')
}

/** @returns 64 lower-case hex digits */
export const signText = (signingKey: Uint8Array, text: string): string => hmac(signingKey, text).toString('hex')
