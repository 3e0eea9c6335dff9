/** Where the two targets may differ, and still both are right. */
export interface Exception {
  subject: string
  local: string
  aws: string
  /** What the suite holds both to. */
  held: string
}

/** The whole list: what is not on it has to be the same. A test names every row it makes use of. */
export const EXCEPTIONS = {
  labels: {
    subject: 'What is seen on an image',
    local: 'computed from the pixels by a stand-in that says so in its model version',
    aws: "Rekognition's own",
    held: 'labelsStatus READY; names, percentages and boxes in their ranges; lists and counts of what the images have',
  },
  refusedConnection: {
    subject: 'connection_error',
    local: 'errorType UnauthorizedException, errorCode 401',
    aws: 'the same, or with a namespace before the name, and errorCode 400 or 401',
    held: 'the name after the last #',
  },
  startAcknowledged: {
    subject: 'start_ack',
    local: 'every event after it is delivered',
    aws: 'an event of the first moment may be lost (aws-appsync-community, issue 405)',
    held: 'events of uploads, which come seconds later',
  },
  backEnd: {
    subject: 'Who records an outcome',
    local: 'the role of a function that does',
    aws: 'whoever runs the suite, as that role lets only Lambda in; they need appsync:GraphQL on the API',
    held: 'the refusals: unknown, finished, not allowed, badly signed',
  },
  badSignature: {
    subject: 'A signature that is wrong',
    local: 'the name in x-amzn-errortype and in the body',
    aws: 'in x-amzn-errortype; the body may name another',
    held: '403, the name in x-amzn-errortype, no data',
  },
  foreignToken: {
    subject: "Another list's nextToken",
    local: 'InvalidNextToken',
    aws: 'that, or ServiceUnavailable, when DynamoDB is the first to notice',
    held: 'no data, one of the two errors',
  },
  indexes: {
    subject: 'Lists, known files, deleted images',
    local: 'up to date at once',
    aws: 'a moment behind, as an index is, or one of the copies of the table',
    held: 'asked again until they show it, for at most 15 s',
  },
  mediaBucket: {
    subject: 'Other objects beside the variants',
    local: 'one is put there, and not served',
    aws: 'the same when CONTRACT_MEDIA_BUCKET names the bucket; else not tried',
    held: '403, as for what is not there',
  },
  transport: {
    subject: 'Encryption on the way',
    local: 'none: plain HTTP and WebSocket on the loopback',
    aws: 'TLS alone; the distribution redirects plain HTTP',
    held: 'AWS: every address begins with https',
  },
  origins: {
    subject: 'Which pages may upload',
    local: 'all of them',
    aws: 'those of the deployment; CONTRACT_ORIGIN names one',
    held: 'the preflight of that origin passes',
  },
  variants: {
    subject: 'Which variants are made',
    local: 'those of a deployment that chooses nothing',
    aws: 'those of the deployment; CONTRACT_VARIANTS names them as `-c variants` did',
    held: 'exactly those',
  },
  remains: {
    subject: 'What a run leaves behind',
    local: 'nothing',
    aws: 'images and originals of users who are deleted: a few hundred kilobytes, all PRIVATE',
    held: 'users are deleted, also when tests failed',
  },
} satisfies Record<string, Exception>
