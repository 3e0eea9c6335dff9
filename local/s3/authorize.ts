import type { PolicyDocument } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import { AwsError } from '../aws/errors.ts'
import type { Bucket } from './bucket.ts'
import { accessDenied, S3Error } from './errors.ts'
import type { Headers, Requester } from './operation.ts'

/**
 * What this loopback stands for: production clients come over TLS, and policies that deny all else must let them in.
 */
const LOOPBACK_COUNTS_AS_TLS = { 'aws:securetransport': 'true', 's3:tlsversion': '1.3' }

const MS_PER_SECOND = 1000

/** Headers that S3 offers to policies as `s3:<name>`. */
const HEADERS_AS_CONDITIONS = [
  'x-amz-server-side-encryption',
  'x-amz-acl',
  'x-amz-copy-source',
  'if-none-match',
  'if-match',
]

/**
 * Asks IAM and the bucket's policy.
 * @param bucket undefined for ListBuckets
 * @param key undefined for what concerns the bucket itself
 * @throws S3Error AccessDenied
 */
export function authorize(
  context: ServiceContext,
  requester: Requester,
  action: string,
  bucket: Bucket | undefined,
  key?: string,
  conditions: Record<string, string> = {},
): void {
  const { caller, signature } = requester
  if (caller.kind === 'anonymous' && bucket?.restrictPublicBuckets) throw accessDenied()
  const bucketArn = bucket?.arn ?? 'arn:aws:s3:::*'
  const resourcePolicy: PolicyDocument | undefined = bucket?.policy
  try {
    context.authorizer.authorize(caller, {
      action,
      resource: key === undefined ? bucketArn : `${bucketArn}/${key}`,
      resourcePolicy,
      context: { ...commonConditions(context, requester), ...signatureConditions(signature), ...conditions },
    })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw accessDenied(caller.kind === 'anonymous' ? 'Access Denied' : error.message)
  }
}

/** Whether `authorize` would let it pass. */
export function isAllowed(...parameters: Parameters<typeof authorize>): boolean {
  try {
    authorize(...parameters)
    return true
  } catch (error) {
    if (!(error instanceof S3Error)) throw error
    return false
  }
}

export function headerConditions(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    HEADERS_AS_CONDITIONS.flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[`s3:${name}`, value]]
    }),
  )
}

function commonConditions({ clock }: ServiceContext, { caller, sourceIp }: Requester): Record<string, string> {
  const now = clock.now()
  const common = {
    ...LOOPBACK_COUNTS_AS_TLS,
    'aws:currenttime': new Date(now).toISOString(),
    'aws:epochtime': String(Math.floor(now / MS_PER_SECOND)),
  }
  if (caller.kind !== 'service') return { ...common, 'aws:sourceip': sourceIp }
  return {
    ...common,
    ...(caller.sourceArn !== undefined && { 'aws:sourcearn': caller.sourceArn }),
    ...(caller.sourceAccount !== undefined && { 'aws:sourceaccount': caller.sourceAccount }),
  }
}

function signatureConditions(signature: Requester['signature']): Record<string, string> {
  if (!signature) return {}
  return {
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:authtype': signature.presigned ? 'REST-QUERY-STRING' : 'REST-HEADER',
  }
}
