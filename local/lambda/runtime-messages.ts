/** What the run and an execution environment say to each other, over the child process's IPC channel. */

/** An error as Lambda hands it to callers. */
export interface ErrorDocument {
  /** E.g. `TypeError`, `Runtime.ImportModuleError`, `Sandbox.Timedout`. */
  errorType: string
  errorMessage: string
  /** Lines of the stack. */
  trace?: string[]
}

export interface Invocation {
  type: 'invoke'
  requestId: string
  /** JSON text. */
  payload: string
  /** What is left of the function's timeout, in milliseconds. */
  remainingMs: number
  /** For `_X_AMZN_TRACE_ID`. */
  traceId: string
  invokedFunctionArn: string
  /**
   * Printed on both output streams, as a line of its own, once the invocation is over: everything before it belongs
   * to the invocation's log.
   */
  endMark: string
}

/** What comes back; `maxRssKb` is the process's peak so far, in KiB; after `exits` the process ends by itself. */
export type RuntimeReply =
  | { type: 'ready' }
  | { type: 'init-error'; error: ErrorDocument }
  | { type: 'response'; requestId: string; payload: string; maxRssKb: number }
  | { type: 'error'; requestId: string; error: ErrorDocument; maxRssKb: number; exits: boolean }

/** File descriptor of the pipe that ends when the run does. */
export const LIFELINE_FD = 4
