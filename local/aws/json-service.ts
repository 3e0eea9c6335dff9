import type { Caller } from './caller.ts'

/**
 * A service that speaks AWS's JSON protocol (`POST /`, `X-Amz-Target: <prefix>.<operation>`).
 * The HTTP port and in-process callers, such as AppSync's data sources, go through the same `call`.
 */
export interface JsonService {
  /** What stands before the dot in `X-Amz-Target`, e.g. `DynamoDB_20120810`. */
  readonly targetPrefix: string
  /** Version of the JSON protocol: its content type is `application/x-amz-json-<version>`. */
  readonly jsonVersion: '1.0' | '1.1'
  /** Operations that need no signature, e.g. Cognito's `InitiateAuth`. All others are signed. */
  readonly unsignedOperations?: ReadonlySet<string>
  /**
   * Performs one operation, after asking IAM whether the caller may.
   * @throws AwsError with the service's own code, or NotImplemented
   */
  call(operation: string, input: Record<string, unknown>, caller: Caller): Promise<Record<string, unknown>>
}
