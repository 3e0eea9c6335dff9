import { NotImplemented } from '../aws/errors.ts'
import type { Resource } from '../aws/resource.ts'
import { hasAcl } from '../s3/bucket.ts'
import type { Logging } from './access-log.ts'
import { type CachePolicy, readCachePolicy } from './cache-policy.ts'
import { matchesPathPattern } from './path-pattern.ts'
import { readResponseHeadersPolicy, type ResponseHeadersPolicy } from './response-headers-policy.ts'

/** An S3 bucket behind the distribution. */
export interface S3Origin {
  bucketName: string
  /** Stands before the object key; empty or `/...`. */
  originPath: string
  /** With an origin access control CloudFront signs as itself, else it asks as anybody. */
  signed: boolean
}

/** What is served how. */
export interface Behavior {
  /** Undefined for the default behaviour. */
  pathPattern?: string
  allowedMethods: string[]
  origin: S3Origin
  cachePolicy: CachePolicy
  responseHeaders?: ResponseHeadersPolicy
}

/** What stands in for an error of the origin's. */
export interface CustomError {
  responseCode: number
  responsePagePath: string
}

export interface Distribution {
  id: string
  arn: string
  /** Its own, e.g. `d111111abcdef8.cloudfront.net`. */
  domainName: string
  enabled: boolean
  /** Object key without a slash in front; empty for none. */
  defaultRootObject: string
  /** In the order in which they are tried; the last one is the default. */
  behaviors: Behavior[]
  /** By the origin's status. */
  customErrors: ReadonlyMap<number, CustomError>
  /** How long errors are kept at least, by the origin's status; where it is said. */
  errorTtlSeconds: ReadonlyMap<number, number>
  /** Where requests are logged; undefined for nowhere. */
  logging?: Logging
}

/** Methods of a behaviour that names none, and those that are served at all. */
const DEFAULT_METHODS = ['GET', 'HEAD']
const SERVED_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Settings of a behaviour that change who gets what: refused by name where they are set. */
const REFUSED_IN_BEHAVIORS = [
  'FunctionAssociations',
  'LambdaFunctionAssociations',
  'TrustedKeyGroups',
  'TrustedSigners',
  'FieldLevelEncryptionId',
  'ForwardedValues',
]

type Properties = Record<string, unknown>

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

/**
 * Reads the template's distribution.
 * @returns undefined when there is none
 * @throws NotImplemented for what would be served otherwise on AWS
 */
export function readDistribution(resources: Resource[], accountId: string): Distribution | undefined {
  const [resource, ...others] = resources.filter(({ type }) => type === 'AWS::CloudFront::Distribution')
  if (!resource) return undefined
  if (others.length > 0) throw new NotImplemented('A second CloudFront distribution')
  const config = resource.properties.DistributionConfig as Properties
  if (isSet((config.OriginGroups as Properties | undefined)?.Items))
    throw new NotImplemented('CloudFront: OriginGroups')
  const id = resource.physicalId
  const origins = new Map(
    (config.Origins as Properties[]).map((origin) => [String(origin.Id), readOrigin(origin, resources)]),
  )
  const behaviors = [...((config.CacheBehaviors ?? []) as Properties[]), config.DefaultCacheBehavior as Properties].map(
    (behavior) => readBehavior(behavior, origins, resources),
  )
  const errors = (config.CustomErrorResponses ?? []) as Properties[]
  return {
    id,
    arn: distributionArn(accountId, id),
    domainName: resource.attributes.DomainName ?? '',
    logging: readLogging(config.Logging as Properties | undefined, resources),
    enabled: config.Enabled === true || config.Enabled === 'true',
    defaultRootObject: String(config.DefaultRootObject ?? ''),
    behaviors,
    customErrors: new Map(
      errors
        .filter(({ ResponsePagePath }) => isSet(ResponsePagePath))
        .map((each) => [
          Number(each.ErrorCode),
          { responseCode: Number(each.ResponseCode), responsePagePath: String(each.ResponsePagePath) },
        ]),
    ),
    errorTtlSeconds: new Map(
      errors
        .filter(({ ErrorCachingMinTTL }) => isSet(ErrorCachingMinTTL))
        .map(({ ErrorCode, ErrorCachingMinTTL }) => [Number(ErrorCode), Number(ErrorCachingMinTTL)]),
    ),
  }
}

/** @throws Error for a bucket that CloudFront could not write its logs to */
function readLogging(logging: Properties | undefined, resources: Resource[]): Logging | undefined {
  if (!logging || !isSet(logging.Bucket)) return undefined
  const bucketName = bucketNameOf(String(logging.Bucket))
  const bucket = resources.find(({ type, physicalId }) => type === 'AWS::S3::Bucket' && physicalId === bucketName)
  if (bucketName === undefined || !bucket) {
    throw new Error(`Expected a bucket of the template for CloudFront's logs, received ${String(logging.Bucket)}`)
  }
  if (!hasAcl(bucket.properties)) {
    throw new Error(
      `The bucket ${bucketName} for CloudFront's logs does not enable ACL access: expected the object ownership ` +
        'BucketOwnerPreferred or ObjectWriter',
    )
  }
  return {
    bucketName,
    prefix: String(logging.Prefix ?? ''),
    includeCookies: logging.IncludeCookies === true || logging.IncludeCookies === 'true',
  }
}

/** Of `<bucket>.s3.<region>.amazonaws.com`. */
function bucketNameOf(domainName: string): string | undefined {
  return /^(.+?)\.s3[.-].*amazonaws\.com/.exec(domainName)?.[1]
}

export function distributionArn(accountId: string, id: string): string {
  return `arn:aws:cloudfront::${accountId}:distribution/${id}`
}

function readOrigin(origin: Properties, resources: Resource[]): S3Origin {
  const domainName = String(origin.DomainName)
  const bucketName = bucketNameOf(domainName)
  if (bucketName === undefined || origin.CustomOriginConfig !== undefined)
    throw new NotImplemented(`CloudFront: an origin other than S3 (${domainName})`)
  const identity = (origin.S3OriginConfig as Properties | undefined)?.OriginAccessIdentity
  if (isSet(identity))
    throw new NotImplemented('CloudFront: OriginAccessIdentity (an origin access control takes its place)')
  const controlId = origin.OriginAccessControlId
  const control = isSet(controlId)
    ? resources.find(
        (each) =>
          each.type === 'AWS::CloudFront::OriginAccessControl' && (each.attributes.Id ?? each.physicalId) === controlId,
      )
    : undefined
  if (isSet(controlId) && !control)
    throw new Error(`Expected the origin access control ${String(controlId)} in the template, found none`)
  const controlConfig = control?.properties.OriginAccessControlConfig as Properties | undefined
  return {
    bucketName,
    originPath: String(origin.OriginPath ?? ''),
    signed: controlConfig !== undefined && controlConfig.SigningBehavior !== 'never',
  }
}

function readBehavior(behavior: Properties, origins: Map<string, S3Origin>, resources: Resource[]): Behavior {
  const refused = REFUSED_IN_BEHAVIORS.find((name) => isSet(behavior[name]))
  if (refused) throw new NotImplemented(`CloudFront: ${refused} of a cache behaviour`)
  const allowedMethods = (behavior.AllowedMethods as string[] | undefined) ?? DEFAULT_METHODS
  const unserved = allowedMethods.find((method) => !SERVED_METHODS.has(method))
  if (unserved) throw new NotImplemented(`CloudFront: ${unserved} among AllowedMethods`)
  const origin = origins.get(String(behavior.TargetOriginId))
  if (!origin) throw new Error(`Expected the origin ${String(behavior.TargetOriginId)} in the distribution, found none`)
  const pattern = behavior.PathPattern
  return {
    pathPattern: pattern === undefined ? undefined : String(pattern),
    allowedMethods,
    origin,
    cachePolicy: readCachePolicy(behavior.CachePolicyId, resources),
    responseHeaders: findResponseHeaders(behavior.ResponseHeadersPolicyId, resources),
  }
}

function findResponseHeaders(policyId: unknown, resources: Resource[]): ResponseHeadersPolicy | undefined {
  if (!isSet(policyId)) return undefined
  const resource = resources.find(
    ({ type, physicalId }) => type === 'AWS::CloudFront::ResponseHeadersPolicy' && physicalId === policyId,
  )
  if (!resource) throw new NotImplemented(`CloudFront: the managed response headers policy ${String(policyId)}`)
  return readResponseHeadersPolicy(resource)
}

/** @param path not decoded, as CloudFront matches it */
export function findBehavior({ behaviors }: Distribution, path: string): Behavior {
  const found = behaviors.find(({ pathPattern }) => pathPattern === undefined || matchesPathPattern(pathPattern, path))
  if (!found) throw new Error('A distribution always has its default behaviour')
  return found
}
