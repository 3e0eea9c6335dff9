/** A statement's document as in IAM policies; `Statement` may be one object or a list. */
export interface PolicyDocument {
  Version?: string
  Statement: unknown
}

/** Who makes a call: a synthesized role, an AWS service, nobody (unsigned), or the person at this laptop. */
export type Caller =
  | { kind: 'role'; arn: string; roleName: string; accountId: string; policies: PolicyDocument[] }
  | { kind: 'service'; service: string; sourceArn?: string; sourceAccount?: string }
  | { kind: 'anonymous' }
  | { kind: 'operator'; arn: string }

/** A key pair that signs requests, and the caller it stands for. */
export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}
