/** Limits of SQS standard queues. Source: SQS API reference and the developer guide's "Amazon SQS quotas". */

/** Messages that one receive answers, and entries of one batch request. */
export const MAX_BATCH_ENTRIES = 10

/** Longest long poll, in seconds. */
export const MAX_WAIT_SECONDS = 20

/** Longest visibility timeout, in seconds: 12 hours, counted from the receive. */
export const MAX_VISIBILITY_TIMEOUT_SECONDS = 43_200

/** Longest delay of a message, in seconds: 15 minutes. */
export const MAX_DELAY_SECONDS = 900

/** Message attributes a message may carry. */
export const MAX_MESSAGE_ATTRIBUTES = 10

/** Longest name of a message attribute, in characters. */
export const MAX_ATTRIBUTE_NAME_LENGTH = 256

/** Largest message with its attributes, and largest batch, in bytes: 1 MiB. */
export const MAX_MESSAGE_BYTES = 1_048_576

/** Smallest `MaximumMessageSize` of a queue, in bytes. */
export const MIN_MAXIMUM_MESSAGE_BYTES = 1_024

/** Messages of one queue that may be in flight at a time. */
export const MAX_IN_FLIGHT_MESSAGES = 120_000

/** Shortest time that a queue keeps a message, in seconds: 1 minute. */
export const MIN_RETENTION_SECONDS = 60

/** Longest time that a queue keeps a message, in seconds: 14 days. */
export const MAX_RETENTION_SECONDS = 1_209_600

/** Largest `maxReceiveCount` of a redrive policy. */
export const MAX_MAX_RECEIVE_COUNT = 1_000

/** Names that ListQueues answers at once. */
export const MAX_LISTED_QUEUES = 1_000

/** How long after a purge the next one is refused, in milliseconds. */
export const PURGE_INTERVAL_MS = 60_000

/** Fastest rate that a message move task may be told, in messages per second. */
export const MAX_MOVED_PER_SECOND = 500

/** Move tasks that ListMessageMoveTasks answers at most. */
export const MAX_LISTED_MOVE_TASKS = 10

/** Characters that no message may hold, as in XML 1.0: they are InvalidMessageContents. */
export const FORBIDDEN_CHARACTERS = /[^\u{9}\u{A}\u{D}\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

/** What the `Id` of a batch entry may look like. */
export const BATCH_ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/

/** What a queue may be called (FIFO queues end with `.fifo` besides). */
export const QUEUE_NAME = /^[A-Za-z0-9_-]{1,80}$/

/** What a queue is given when the template leaves a property out, in the property's unit. */
export const QUEUE_DEFAULTS = {
  delaySeconds: 0,
  maximumMessageBytes: MAX_MESSAGE_BYTES,
  retentionSeconds: 345_600,
  waitSeconds: 0,
  visibilityTimeoutSeconds: 30,
} as const
