/** Limits and defaults of Lambda. Source: the developer guide's "Lambda quotas" and the API reference. */

/** Largest request payload of a synchronous invocation, in bytes. */
export const MAX_REQUEST_BYTES = 6_291_456

/** Largest response payload of a synchronous invocation, in bytes: 6 MB and a little, as the error message says it. */
export const MAX_RESPONSE_BYTES = 6_291_556

/** How long the code outside of the handler may take before it is started over, in milliseconds. */
export const INIT_TIMEOUT_MS = 10_000

/** Seconds that a function may run when the template doesn't say. */
export const DEFAULT_TIMEOUT_SECONDS = 3

/** Seconds that a function may run at most. */
export const MAX_TIMEOUT_SECONDS = 900

/** MB of memory when the template doesn't say. */
export const DEFAULT_MEMORY_MB = 128

/** MB of memory at least. */
export const MIN_MEMORY_MB = 128

/** MB of memory at most. */
export const MAX_MEMORY_MB = 10_240

/** Share of the memory that V8's old generation may take, as Lambda's Node runtimes set it. */
export const HEAP_SHARE = 0.9

/** All environment variables of a function, names and values, in bytes. */
export const MAX_ENVIRONMENT_BYTES = 4_096

/** Layers of one function. */
export const MAX_LAYERS = 5

/** What a caller is given of an invocation's log, from its end, in bytes. */
export const LOG_TAIL_BYTES = 4_096

/**
 * An environment that nobody needed for so long is ended, in milliseconds. AWS tells no figure; minutes are usual.
 * Source: the local run's own.
 */
export const IDLE_MS = 300_000

/** How long running invocations may go on once the run stops, in milliseconds. Source: the local run's own. */
export const DRAIN_MS = 1_000

/** Messages of a batch when the mapping doesn't say. */
export const DEFAULT_BATCH_SIZE = 10

/** Most messages of a batch without a batching window. */
export const MAX_BATCH_SIZE_WITHOUT_WINDOW = 10

/** Most messages of a batch with a batching window. */
export const MAX_BATCH_SIZE = 10_000

/** Longest batching window, in seconds. */
export const MAX_BATCHING_WINDOW_SECONDS = 300

/** Smallest `ScalingConfig.MaximumConcurrency`. */
export const MIN_MAXIMUM_CONCURRENCY = 2

/** Largest `ScalingConfig.MaximumConcurrency`. */
export const MAX_MAXIMUM_CONCURRENCY = 1_000

/** Messages that SQS hands out at once. */
export const RECEIVE_SIZE = 10

/** How long each poll of an empty queue waits, in seconds: SQS's longest. */
export const POLL_SECONDS = 20

/** Pause after a poll that failed, in milliseconds. Source: the local run's own. */
export const POLL_RETRY_MS = 1_000
