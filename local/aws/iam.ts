import type { Caller, PolicyDocument } from './caller.ts'

/** What a caller wants to do, in IAM's words. */
export interface AccessRequest {
  /** E.g. `s3:PutObject`. */
  action: string
  /** The exact ARN it acts on. */
  resource: string
  /** Condition keys in lower case, e.g. `{'aws:sourcearn': 'arn:...'}`. */
  context?: Record<string, string | string[]>
  /** The resource's own policy: a bucket's or queue's. */
  resourcePolicy?: PolicyDocument
}

/** Decides as IAM does: an explicit deny wins, then any allow of identity or resource policy, else denied. */
export interface Authorizer {
  /** @throws AwsError AccessDenied naming caller, action and resource */
  authorize(caller: Caller, request: AccessRequest): void
}
