import { Aws, Duration, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import {
  AllowedMethods, CachePolicy, Distribution, HeadersFrameOption, HttpVersion, PriceClass, ResponseHeadersPolicy,
  S3OriginAccessControl, SecurityPolicyProtocol, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { AccessLogs } from './access-logs.ts'
import { PrivateBucket } from './private-bucket.ts'
import type { Settings } from './settings.ts'

/** What stands before the object key of every variant: `processed/<mediaKey>/<long edge>.<format>`. */
export const PROCESSED_PREFIX = 'processed/'

/** What stands before the object key of every picture that waits to be labelled: `labelling/<mediaKey>.jpeg`. */
export const LABELLING_PREFIX = 'labelling/'

/**
 * How long such a picture is kept at most, in days: what asks for its labels removes it within hours. As long as a
 * message may lie in the labels' queue.
 */
const LABELLING_DAYS = 4

/** How long browsers remember to use HTTPS alone. */
const STRICT_TRANSPORT_MAX_AGE = Duration.days(365)

/** How long browsers remember the answer to a CORS preflight. */
const CORS_MAX_AGE = Duration.hours(1)

export type DeliveryProps = Pick<Settings, 'retain' | 'mediaDomain'> & {
  /** Where CloudFront leaves its log files. @default - it writes none */
  logs?: AccessLogs
}

/**
 * The variants: a private bucket, and the distribution that serves `processed/*` of it and nothing else.
 * How long a variant may be cached stands on the object itself, written with it: were it in the response headers
 * policy, CloudFront would put it on errors as well, and a variant asked for too early would be missing for a year.
 */
export class Delivery extends Construct {
  readonly bucket: Bucket
  readonly distribution: Distribution
  /** `https://<domain>`, without a slash at the end. */
  readonly mediaBaseUrl: string
  /** ARN of every variant, for grants. */
  readonly objectsArn: string
  /** ARN of every picture that waits to be labelled, for grants. */
  readonly labelPicturesArn: string

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id)
    this.bucket = new PrivateBucket(this, 'Bucket', { retain: props.retain })
    this.bucket.addLifecycleRule({ prefix: LABELLING_PREFIX, expiration: Duration.days(LABELLING_DAYS) })
    this.objectsArn = this.bucket.arnForObjects(`${PROCESSED_PREFIX}*`)
    this.labelPicturesArn = this.bucket.arnForObjects(`${LABELLING_PREFIX}*`)
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Darkroom: the variants',
      defaultBehavior: {
        // With bucket defaults, so that the origin doesn't grant itself the whole bucket: the grant is below.
        origin: S3BucketOrigin.withBucketDefaults(this.bucket, {
          originAccessControlId: new S3OriginAccessControl(this, 'OriginAccess').originAccessControlId,
        }),
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED_FOR_UNCOMPRESSED_OBJECTS,
        // Variants are compressed pictures: zipping them again is wasted time, and one copy an edge does for all.
        compress: false,
        responseHeadersPolicy: this.responseHeaders(),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(props.logs ? { logBucket: props.logs.bucket } : {}),
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(props.mediaDomain
        ? {
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            domainNames: [props.mediaDomain.name],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', props.mediaDomain.certificateArn),
          }
        : {}),
    })
    this.mediaBaseUrl = `https://${props.mediaDomain?.name ?? this.distribution.domainName}`
    this.bucket.addToResourcePolicy(new PolicyStatement({
      sid: 'ServeVariantsAlone',
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      resources: [this.objectsArn],
      conditions: { StringEquals: { 'AWS:SourceArn': this.distributionArn() } },
    }))
    this.acknowledge(props)
  }

  /** May list the names of objects below one prefix, and nothing else of the bucket. */
  listStatement(prefix: string): PolicyStatement {
    return new PolicyStatement({
      sid: 'ListMedia',
      actions: ['s3:ListBucket'],
      resources: [this.bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${prefix}*` } },
    })
  }

  /** May have the distribution's edge caches forget variants, and nothing else with it. */
  invalidateStatement(): PolicyStatement {
    return new PolicyStatement({
      sid: 'ClearEdgeCaches',
      actions: ['cloudfront:CreateInvalidation'],
      resources: [this.distributionArn()],
    })
  }

  private responseHeaders() {
    return new ResponseHeadersPolicy(this, 'ResponseHeaders', {
      comment: 'Any page may show and read the variants; browsers take them for nothing but pictures',
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowHeaders: ['*'],
        accessControlExposeHeaders: ['ETag'],
        accessControlAllowCredentials: false,
        accessControlMaxAge: CORS_MAX_AGE,
        originOverride: true,
      },
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: STRICT_TRANSPORT_MAX_AGE, includeSubdomains: true, override: true,
        },
      },
    })
  }

  private distributionArn(): string {
    return `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${this.distribution.distributionId}`
  }

  private acknowledge(props: DeliveryProps): void {
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'The gallery is for every country.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'Immutable pictures by GET alone, from a cache: there is no input that a firewall could inspect.',
      },
    )
    if (!props.logs) {
      Validations.of(this.distribution).acknowledge({
        id: 'AwsSolutions-CFR3',
        reason: 'Views are not to be counted: -c countViews=true. CloudWatch has the counts of all requests together.',
      })
    }
    if (props.mediaDomain) return
    Validations.of(this.distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason: 'CloudFront lets TLS 1.2 be the minimum only for a certificate of one\'s own: -c mediaDomainName and '
        + '-c mediaCertificateArn.',
    })
  }
}
