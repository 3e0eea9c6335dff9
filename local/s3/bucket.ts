import type { PolicyDocument } from '../aws/caller.ts'
import type { Resource } from '../aws/resource.ts'
import { notEmulated } from './errors.ts'

/** One rule of the bucket's CORS configuration, as CloudFormation names it. */
export interface CorsRule {
  AllowedHeaders?: string[]
  AllowedMethods: string[]
  AllowedOrigins: string[]
  ExposedHeaders?: string[]
  /** Seconds. */
  MaxAge?: number
}

/** A bucket as its template describes it. */
export interface Bucket {
  name: string
  arn: string
  /** Once enabled a bucket can only be suspended; undefined means it never was. */
  versioning?: 'Enabled' | 'Suspended'
  encryption: { algorithm: string; kmsKeyId?: string; bucketKeyEnabled?: boolean }
  cors?: CorsRule[]
  policy?: PolicyDocument
  /** Of `PublicAccessBlockConfiguration`: whether public policies count for anybody outside the account. */
  restrictPublicBuckets: boolean
}

type Properties = Record<string, unknown>

/** Reads the buckets and their policies out of the template. */
export function readBuckets(resources: Resource[]): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>()
  for (const resource of resources.filter(({ type }) => type === 'AWS::S3::Bucket')) {
    const bucket = readBucket(resource)
    buckets.set(bucket.name, bucket)
  }
  for (const { properties, logicalId } of resources.filter(({ type }) => type === 'AWS::S3::BucketPolicy')) {
    const bucket = buckets.get(String(properties.Bucket))
    if (!bucket)
      throw new Error(
        `${logicalId}: expected the bucket of the policy in the template, received ${String(properties.Bucket)}`,
      )
    bucket.policy = properties.PolicyDocument as PolicyDocument
  }
  return buckets
}

/** A change of any of these would make the emulation answer wrongly; they are refused at the start, not ignored. */
const REFUSED_PROPERTIES = [
  'ObjectLockEnabled',
  'ObjectLockConfiguration',
  'ReplicationConfiguration',
  'WebsiteConfiguration',
]

function readBucket({ physicalId, properties, attributes }: Resource): Bucket {
  for (const name of REFUSED_PROPERTIES) {
    if (properties[name] !== undefined && properties[name] !== false)
      throw notEmulated(`${name} of the bucket ${physicalId}`)
  }
  const versioning = (properties.VersioningConfiguration as Properties | undefined)?.Status
  const cors = (properties.CorsConfiguration as { CorsRules?: CorsRule[] } | undefined)?.CorsRules
  const block = properties.PublicAccessBlockConfiguration as Properties | undefined
  return {
    name: physicalId,
    arn: attributes.Arn ?? `arn:aws:s3:::${physicalId}`,
    versioning: versioning === 'Enabled' || versioning === 'Suspended' ? versioning : undefined,
    encryption: readEncryption(properties),
    cors,
    // Since April 2023 a bucket without a configuration has all four blocks on; one that is given says it all.
    restrictPublicBuckets: block === undefined || isTrue(block.RestrictPublicBuckets),
  }
}

/**
 * Whether a bucket has ACLs, by its properties in the template. Since April 2023 one that says nothing has none.
 * Source: S3 user guide, "Controlling ownership of objects".
 */
export function hasAcl({ OwnershipControls }: Properties): boolean {
  const rules = (OwnershipControls as { Rules?: { ObjectOwnership?: string }[] } | undefined)?.Rules ?? []
  return rules.some(({ ObjectOwnership }) => ObjectOwnership !== 'BucketOwnerEnforced')
}

const isTrue = (value: unknown): boolean => value === true || value === 'true'

/** Without a configuration S3 encrypts with its own keys. */
function readEncryption(properties: Properties): Bucket['encryption'] {
  const configuration = properties.BucketEncryption as { ServerSideEncryptionConfiguration?: Properties[] } | undefined
  const rule = configuration?.ServerSideEncryptionConfiguration?.[0]
  const byDefault = rule?.ServerSideEncryptionByDefault as
    | { SSEAlgorithm?: string; KMSMasterKeyID?: string }
    | undefined
  return {
    algorithm: byDefault?.SSEAlgorithm ?? 'AES256',
    kmsKeyId: byDefault?.KMSMasterKeyID,
    bucketKeyEnabled: isTrue(rule?.BucketKeyEnabled) || undefined,
  }
}
