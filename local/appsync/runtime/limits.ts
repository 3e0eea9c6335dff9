/**
 * Limits of the APPSYNC_JS runtime. The one on the size of the code is in `tools/appsync-js-check/limits.ts`, those of
 * pipelines and subscriptions in `local/appsync/limits.ts`.
 */

/** Most turns that one execution of a loop may take. Source: AppSync quotas, "Iterations in a foreach loop". */
export const MAX_LOOP_ITERATIONS = 1_000

/** Longest time that a handler may run, in milliseconds: the request's own. Source: AppSync quotas, "Request execution time". */
export const MAX_EVALUATION_MS = 30_000

/** Largest value that a handler may return, in bytes of JSON: 5 MB. Source: AppSync quotas, "Evaluated resolver template size". */
export const MAX_EVALUATED_BYTES = 5 * 1024 * 1024

/** Most bytes of names and values of the headers that resolvers add. Source: `HttpUtils.addResponseHeader` in @aws-appsync/utils. */
export const MAX_RESPONSE_HEADER_BYTES = 4 * 1024
