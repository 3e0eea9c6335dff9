import type { Clock } from '../clock.ts'
import type { Endpoints } from '../ports.ts'
import type { Caller, Credentials } from './caller.ts'
import type { Authorizer } from './iam.ts'

/** One line of the local run's log; `service` is the folder that says it. */
export type Log = (level: 'debug' | 'info' | 'warn' | 'error', service: string, message: string, details?: Record<string, unknown>) => void

/** An HTTP request whose signature is to be checked, exactly as it came over the wire. */
export interface SignedRequest {
  method: string
  /** Path and query, not decoded. */
  url: string
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  /** Lower-case hex SHA-256 of the body as received; ignored where the signature covers `UNSIGNED-PAYLOAD`. */
  bodySha256?: string
}

/** What a good signature says. */
export interface VerifiedSignature {
  caller: Caller
  /** True when the signature stood in the query (a presigned URL). */
  presigned: boolean
  /** Lower-case names of the headers that the signature covers. */
  signedHeaders: string[]
  /** The payload hash that was signed: hex, `UNSIGNED-PAYLOAD` or a `STREAMING-...` marker. */
  payloadHash: string
}

/** Why a signature is refused; each service turns it into its own error code. */
export type SignatureFault =
  | 'missing' | 'malformed' | 'unknown-access-key' | 'wrong-session-token' | 'wrong-scope' | 'clock-skew' | 'expired' | 'mismatch' | 'body-hash-mismatch'

export class SignatureError extends Error {
  constructor(
    readonly fault: SignatureFault,
    message: string,
    /** For S3's SignatureDoesNotMatch: what the server would have signed. */
    readonly details: { canonicalRequest?: string; stringToSign?: string; expiresAt?: string } = {},
  ) {
    super(message)
  }
}

/** Checks AWS Signature Version 4, in the header or in the query. */
export interface SignatureVerifier {
  /** @throws SignatureError */
  verify(request: SignedRequest, scope: { service: string; region: string }): VerifiedSignature
}

/** Knows every key pair of the local run. */
export interface CredentialStore {
  /** The caller's key pair; the same for the same caller until the data folder is emptied. */
  credentialsFor(caller: Extract<Caller, { kind: 'role' | 'operator' }>): Required<Credentials>
  find(accessKeyId: string): { credentials: Credentials; caller: Caller } | undefined
}

/** What every local service is given. */
export interface ServiceContext {
  /** A folder of the service's own that outlives the process; exists already. */
  dataDir: string
  clock: Clock
  log: Log
  region: string
  accountId: string
  endpoints: Endpoints
  authorizer: Authorizer
  signatures: SignatureVerifier
}
