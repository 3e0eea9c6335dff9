import type { Logger } from '@aws-lambda-powertools/logger'

/** What the functions ask of a logger: one structured line a call. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>
