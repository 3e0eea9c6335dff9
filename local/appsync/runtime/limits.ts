/**
 * Limits of the APPSYNC_JS runtime. The one on the size of the code is in `tools/appsync-js-check/limits.ts`, those of
 * pipelines and subscriptions in `local/appsync/limits.ts`.
 */

/** Most turns that one execution of a loop may take. Source: AppSync quotas, "Iterations in a foreach loop". */
export const MAX_LOOP_ITERATIONS = 1_000

/** Longest time that a handler may run, in milliseconds. Source: AppSync quotas, "Request execution time". */
export const MAX_EVALUATION_MS = 30_000

/** Largest value that a handler may return, bytes of JSON: 5 MiB. Source: AppSync quotas, "Evaluated template size". */
export const MAX_EVALUATED_BYTES = 5 * 1024 * 1024

/** Most bytes of the headers that a handler adds, names and values. Source: typings of `addResponseHeader`. */
export const MAX_RESPONSE_HEADER_BYTES = 4 * 1024
