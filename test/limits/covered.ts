import type { LimitFile } from '../../tools/limits/read-limits.ts'

/** A test that stands on both sides of a limit, written with its number: the file, and words of the test's title. */
export type Cover = readonly [testFile: string, title: string]

/**
 * Limits that no test names, and the tests that hold them all the same. All others are imported where they are tested.
 */
export const COVERED: Partial<Record<LimitFile, Record<string, Cover>>> = {
  'resolvers/lib/limits.ts': {
    MAX_UPLOAD_BYTES: ['test/contract/request-upload.test.ts', 'a byte too many'],
    MAX_FILE_NAME_LENGTH: ['test/contract/request-upload.test.ts', 'a name of 256 characters'],
    MAX_TITLE_LENGTH: ['test/contract/request-upload.test.ts', 'a title of 201 characters'],
    MAX_PAGE_LIMIT: ['test/resolvers/Query.images.test.ts', 'refuses a limit of %i'],
  },
  'local/appsync/limits.ts': {
    MAX_PIPELINE_FUNCTIONS: ['test/local/appsync/template.test.ts', 'with a pipeline of more than ten functions'],
    MAX_EVENT_BYTES: [
      'test/local/appsync/realtime/realtime.test.ts', 'gets an event of 240 KiB, and none that is larger',
    ],
    MAX_SUBSCRIPTIONS_PER_CONNECTION: [
      'test/local/appsync/realtime/protocol.test.ts', 'take a hundred subscriptions and refuse the next',
    ],
    CONNECTION_TIMEOUT_MS: ['test/local/appsync/realtime/protocol.test.ts', 'says how long to wait'],
    KEEP_ALIVE_INTERVAL_MS: ['test/local/appsync/realtime/protocol.test.ts', 'keeps alive every minute'],
    MAX_CONNECTION_MS: ['test/local/appsync/realtime/protocol.test.ts', 'ends after a day'],
    MAX_BUFFERED_BYTES: ['test/local/appsync/realtime/realtime.test.ts', 'that does not read is cut off'],
    MAX_IN_VALUES: ['test/local/appsync/realtime/filter.test.ts', 'with too many values'],
    MAX_CONTAINS_ANY_VALUES: ['test/local/appsync/realtime/filter.test.ts', 'with too many values'],
    MAX_FILTER_PATH_LEVELS: ['test/local/appsync/realtime/filter.test.ts', 'with a path that is too deep or too long'],
    MAX_FILTER_PATH_CHARACTERS: [
      'test/local/appsync/realtime/filter.test.ts', 'with a path that is too deep or too long',
    ],
    MAX_INVALIDATIONS: ['test/local/appsync/realtime/realtime.test.ts', 'invalidates more than five times'],
  },
  'local/lambda/limits.ts': {
    MAX_REQUEST_BYTES: ['test/local/lambda/invoke.test.ts', 'is refused above 6 MB on the way in'],
    MAX_RESPONSE_BYTES: ['test/local/lambda/invoke.test.ts', 'fails the invocation on the way out'],
  },
  'local/rekognition/limits.ts': {
    MIN_SIDE_PX: ['test/local/rekognition/detect-labels.test.ts', 'a side of 79 pixels, and takes one of 80'],
    MAX_SIDE_PX: ['test/local/rekognition/detect-labels.test.ts', 'a side of 10,001 pixels, and takes one of 10,000'],
  },
  'local/s3/limits.ts': {
    MAX_PUT_BYTES: ['test/local/s3/raw-body.test.ts', 'refuses more than 5 GiB by the announced length alone'],
    MAX_KEY_BYTES: ['test/local/s3/put-object.test.ts', 'refuses a key of more than 1,024 bytes, and takes 1,024'],
    MAX_USER_METADATA_BYTES: ['test/local/s3/put-object.test.ts', 'refuses metadata of more than 2 KB, and takes 2 KB'],
    MAX_DELETE_KEYS: ['test/local/s3/versions.test.ts', 'takes 1,000 keys and no more'],
  },
  'local/sigv4/limits.ts': {
    MAX_CLOCK_SKEW_MS: ['test/local/sigv4/verifier.test.ts', 'up to 15 minutes off, either way, and no more'],
    MAX_PRESIGN_SECONDS: ['test/local/sigv4/verifier.test.ts', 'refuses X-Amz-Expires over 7 days'],
  },
  'local/sqs/limits.ts': {
    PURGE_INTERVAL_MS: ['test/local/sqs/errors.test.ts', 'a second purge within a minute'],
  },
}
