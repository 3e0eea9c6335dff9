/**
 * What AppSync holds requests and subscriptions to.
 * Source where no other is named: AWS General Reference, "AWS AppSync endpoints and quotas".
 */

/** Largest body of a GraphQL request, in bytes: 1 MiB. */
export const MAX_REQUEST_BYTES = 1024 * 1024

/**
 * Resolvers run in one request unless `ResolverCountLimit` says less. Source: CloudFormation,
 * AWS::AppSync::GraphQLApi.
 */
export const DEFAULT_RESOLVER_COUNT_LIMIT = 10_000

/** AppSync functions in one pipeline. */
export const MAX_PIPELINE_FUNCTIONS = 10

/**
 * How long an HTTP data source waits for the whole answer, in milliseconds; AppSync names no time of its own for it.
 * Source: AppSync quotas, "Request execution time".
 */
export const MAX_HTTP_CALL_MS = 30_000

/** Largest answer that an HTTP data source takes, in bytes: 5 MiB; AWS names none. Source: the local run's own. */
export const MAX_HTTP_RESPONSE_BYTES = 5 * 1024 * 1024

/** Largest payload of a subscription event, in bytes: 240 KiB. */
export const MAX_EVENT_BYTES = 240 * 1024

/** Subscriptions on one WebSocket connection. */
export const MAX_SUBSCRIPTIONS_PER_CONNECTION = 100

/** Largest frame that a client may send, in bytes; the same 240 KiB as for what it receives. */
export const MAX_CLIENT_FRAME_BYTES = 240 * 1024

/**
 * How long a client waits for the next `ka` before it gives the connection up, in milliseconds. Source: developer
 * guide, "Building a real-time WebSocket client".
 */
export const CONNECTION_TIMEOUT_MS = 300_000

/** Distance of two `ka` messages, in milliseconds. */
export const KEEP_ALIVE_INTERVAL_MS = 60_000

/** A connection is closed after 24 hours, in milliseconds. */
export const MAX_CONNECTION_MS = 24 * 60 * 60 * 1000

/** Bytes that may wait for a slow reader before its connection is cut, 8 MiB. Source: the local run's own. */
export const MAX_BUFFERED_BYTES = 8 * 1024 * 1024

/** Values of one `in` or `notIn` filter. Source: developer guide, "Enhanced subscription filtering". */
export const MAX_IN_VALUES = 5

/** Values of one `containsAny` filter. Source: developer guide, "Enhanced subscription filtering". */
export const MAX_CONTAINS_ANY_VALUES = 20

/** Levels of a filter's field path. Source: developer guide, "Enhanced subscription filtering". */
export const MAX_FILTER_PATH_LEVELS = 5

/** Characters of a filter's field path. Source: developer guide, "Enhanced subscription filtering". */
export const MAX_FILTER_PATH_CHARACTERS = 256

/** Calls of `extensions.invalidateSubscriptions` in one request. Source: developer guide, "Extensions". */
export const MAX_INVALIDATIONS = 5

/** Parsed and validated documents that are kept, by their text. Source: the local run's own. */
export const MAX_CACHED_DOCUMENTS = 500
