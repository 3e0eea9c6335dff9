import type { Clock } from '../../clock.ts'
import type { EvaluationExtensions, RaisedError } from '../code-runtime.ts'
import type { HandlerContext, HandlerName, LogLine } from './evaluation.ts'

/** What `util` and its like read from and write to while one handler runs. */
export interface CurrentEvaluation {
  clock: Clock
  fileName: string
  handler: HandlerName
  context: HandlerContext
  authType: string
  /** When the handler must have ended, in milliseconds of `performance.now()`. */
  deadline: number
  appendedErrors: RaisedError[]
  logs: LogLine[]
  extensions: EvaluationExtensions
  responseHeaders: Record<string, string>
  /** Bytes of all headers added so far, repeated ones too. */
  responseHeaderBytes: number
}

type Given = Pick<CurrentEvaluation, 'clock' | 'fileName' | 'handler' | 'context' | 'authType' | 'deadline'>

export function newEvaluation(given: Given): CurrentEvaluation {
  return {
    ...given,
    appendedErrors: [],
    logs: [],
    extensions: { invalidations: [] },
    responseHeaders: {},
    responseHeaderBytes: 0,
  }
}

let running: CurrentEvaluation | undefined

/** The evaluation of the handler that runs now. Handlers are synchronous, so there is one at most. */
export function current(): CurrentEvaluation {
  if (!running) throw new Error('expected a running handler, got a call from outside of one')
  return running
}

/** Runs `body` as the handler of an evaluation. */
export function runAs<T>(evaluation: CurrentEvaluation, body: () => T): T {
  const outer = running
  running = evaluation
  try {
    return body()
  } finally {
    running = outer
  }
}
