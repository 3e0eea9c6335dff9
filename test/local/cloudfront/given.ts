import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { Resource } from '../../../local/aws/resource.ts'
import { createCloudFront } from '../../../local/cloudfront/cloudfront.ts'
import { createAuthorizer } from '../../../local/iam/authorize.ts'
import { ACCOUNT_ID, BUCKET, bucket, listen, REGION, type Running, startS3 } from '../s3/given.ts'

export const DISTRIBUTION_ID = 'EDARKROOM'
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`

/**
 * As the CDK synthesizes it: what is not over TLS is denied, CloudFront may get `processed/*` for this distribution.
 */
export function bucketPolicy(distributionId = DISTRIBUTION_ID): Resource {
  const everything = [BUCKET_ARN, `${BUCKET_ARN}/*`]
  return {
    logicalId: 'Policy',
    type: 'AWS::S3::BucketPolicy',
    physicalId: 'Policy',
    attributes: {},
    properties: {
      Bucket: BUCKET,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: everything,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: everything,
            Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: `${BUCKET_ARN}/processed/*`,
            Condition: {
              StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/${distributionId}` },
            },
          },
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
            Action: 's3:PutObject',
            Resource: `${BUCKET_ARN}/*`,
          },
        ],
      },
    },
  }
}

export const originAccessControl: Resource = {
  logicalId: 'OriginAccess',
  type: 'AWS::CloudFront::OriginAccessControl',
  physicalId: 'EACCESS',
  attributes: { Id: 'EACCESS' },
  properties: {
    OriginAccessControlConfig: {
      Name: 'a',
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    },
  },
}

export const responseHeadersPolicy: Resource = {
  logicalId: 'ResponseHeaders',
  type: 'AWS::CloudFront::ResponseHeadersPolicy',
  physicalId: 'headers-policy',
  attributes: {},
  properties: {
    ResponseHeadersPolicyConfig: {
      Name: 'headers',
      CorsConfig: {
        AccessControlAllowCredentials: false,
        AccessControlAllowHeaders: { Items: ['*'] },
        AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
        AccessControlAllowOrigins: { Items: ['*'] },
        AccessControlExposeHeaders: { Items: ['ETag'] },
        AccessControlMaxAgeSec: 3600,
        OriginOverride: true,
      },
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, IncludeSubdomains: true, Override: true },
      },
      CustomHeadersConfig: {
        Items: [
          { Header: 'Cache-Control', Value: 'from the policy', Override: false },
          { Header: 'X-Custom', Value: 'yes', Override: true },
        ],
      },
      RemoveHeadersConfig: { Items: [{ Header: 'x-amz-server-side-encryption' }] },
    },
  },
}

export const defaultBehavior = {
  AllowedMethods: ['GET', 'HEAD'],
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  ResponseHeadersPolicyId: 'headers-policy',
  TargetOriginId: 'bucket',
  ViewerProtocolPolicy: 'redirect-to-https',
}

export function distribution(config: Record<string, unknown> = {}): Resource {
  return {
    logicalId: 'Distribution',
    type: 'AWS::CloudFront::Distribution',
    physicalId: DISTRIBUTION_ID,
    attributes: {},
    properties: {
      DistributionConfig: {
        Enabled: true,
        DefaultCacheBehavior: defaultBehavior,
        Origins: [
          {
            Id: 'bucket',
            DomainName: `${BUCKET}.s3.${REGION}.amazonaws.com`,
            OriginAccessControlId: 'EACCESS',
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
        ...config,
      },
    },
  }
}

export interface Edge {
  endpoint: string
  s3: Running
  put(input: Partial<PutObjectCommandInput>): Promise<unknown>
  stop(): Promise<void>
}

/** S3 with the real IAM, and the distribution in front of it. */
export async function startEdge(
  resources: Resource[] = [bucketPolicy(), originAccessControl, responseHeadersPolicy, distribution()],
): Promise<Edge> {
  const authorizer = createAuthorizer()
  const storing = { arn: `arn:aws:iam::${ACCOUNT_ID}:user/operator`, kind: 'operator' as const }
  const all = [
    bucket({
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] }] },
    }),
    ...resources,
  ]
  const s3 = await startS3({
    resources: all,
    allow(caller, request) {
      try {
        authorizer.authorize(caller.kind === 'role' ? storing : caller, request)
        return true
      } catch {
        return false
      }
    },
  })
  const dataDir = mkdtempSync(join(tmpdir(), 'darkroom-cloudfront-'))
  const cloudFront = createCloudFront({ ...s3.context, dataDir }, s3.s3)
  cloudFront.deploy(all)
  const { server, endpoint } = await listen(cloudFront.handler)
  return {
    endpoint,
    s3,
    put: (input) => s3.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', ...input })),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await cloudFront.stop()
      await s3.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
