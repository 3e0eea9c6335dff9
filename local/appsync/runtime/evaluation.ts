import type { Evaluation } from '../code-runtime.ts'

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** One line of a handler's own log: what `console.log` and `console.error` wrote, or why the handler failed. */
export interface LogLine {
  level: 'info' | 'error'
  /** The bundled file. */
  fileName: string
  handler: HandlerName
  message: string
}

export type HandlerName = 'request' | 'response'

/** What came of one handler, with what only the runtime's own log shows. */
export interface RuntimeEvaluation extends Evaluation {
  logs: LogLine[]
  /** Of a fault of the code's own: what went wrong, as JavaScript or the limits say it; clients see "Runtime Error". */
  fault?: string
}

/** What `util` reads of the context that a handler is given. */
export interface HandlerContext {
  info?: { fieldName: string; parentTypeName: string }
  stash?: Record<string, unknown>
  [member: string]: unknown
}
