/** Addresses of the local run: everything listens on loopback only. */
export const LOOPBACK = '127.0.0.1'

/** First of the ports that `npm start` takes when `--port` does not say otherwise. */
export const DEFAULT_BASE_PORT = 4100

/** Distance of each endpoint's port from the base port. */
export const PORT_OFFSETS = {
  /** AppSync: `/graphql` and `/graphql/realtime`. */
  appsync: 0,
  /** S3, path style. */
  s3: 1,
  /** The CloudFront distribution. */
  cloudfront: 2,
  /** Every service of AWS's JSON protocol: Cognito, DynamoDB, SQS, Rekognition. */
  aws: 3,
  /** The explorer's page. */
  explorer: 4,
} as const

export type EndpointName = keyof typeof PORT_OFFSETS
export type Endpoints = Record<EndpointName, string>
