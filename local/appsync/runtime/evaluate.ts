import { AwsError } from '../../aws/errors.ts'
import type { Clock } from '../../clock.ts'
import type { FindSource } from '../../../tools/appsync-js-check/source-position.ts'
import type { RaisedError } from '../code-runtime.ts'
import { newEvaluation, runAs } from './current.ts'
import type { HandlerContext, HandlerName, Json, LogLine, RuntimeEvaluation } from './evaluation.ts'
import { MAX_EVALUATED_BYTES, MAX_EVALUATION_MS } from './limits.ts'
import { readContext, type Handlers } from './sandbox.ts'
import { EarlyReturnSignal, ErrorSignal, RuntimeFault, UnauthorizedSignal } from './signals.ts'

export interface EvaluateOptions {
  handlers: Handlers
  handler: HandlerName
  context: HandlerContext
  /** What `util.authType()` says. */
  authType: string
  fileName: string
  clock: Clock
  findSource: FindSource
  log?: (line: LogLine) => void
}

/** What clients see of a fault of the code's own; the log has the reason. */
const RUNTIME_ERROR: RaisedError = { message: 'Runtime Error', errorType: 'Code', data: null, errorInfo: null }

/** How a handler ended. */
type Ending = Pick<RuntimeEvaluation, 'result' | 'earlyReturn' | 'error' | 'unauthorized' | 'fault'>

/** A copy of what a handler returned. @throws RuntimeFault when it is larger than AppSync takes */
function copyOf(value: unknown): Json {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) return null
  if (text.length > MAX_EVALUATED_BYTES || Buffer.byteLength(text) > MAX_EVALUATED_BYTES) {
    throw new RuntimeFault(
      `expected at most ${MAX_EVALUATED_BYTES} bytes from a handler, got ${Buffer.byteLength(text)}`
    )
  }
  return JSON.parse(text) as Json
}

/** The error's own words, and the place in the TypeScript file. */
function faultOf(error: unknown, { fileName, findSource }: EvaluateOptions): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { name, message, stack } = error as Partial<Error>
  const text = error instanceof RuntimeFault ? error.message : `${name ?? 'Error'}: ${message ?? ''}`
  const place = stack?.split('\n').find((line) => line.includes(`${fileName}:`))
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(place ?? '') ?? []
  if (line === undefined || column === undefined) return text
  const source = findSource(Number(line), Number(column) - 1)
  return `${text} (${source.file}:${source.line}:${source.column})`
}

/** Runs the handler to its end, whichever that is. @throws AwsError NotImplemented, which is no answer of AppSync's */
function run(options: EvaluateOptions, ctx: unknown): Ending {
  try {
    return { result: copyOf(options.handlers[options.handler](ctx)) }
  } catch (thrown) {
    if (thrown instanceof AwsError) throw thrown
    if (thrown instanceof ErrorSignal) return { result: null, error: thrown.raised }
    if (thrown instanceof UnauthorizedSignal) return { result: null, unauthorized: true }
    if (!(thrown instanceof EarlyReturnSignal))
      return { result: null, error: RUNTIME_ERROR, fault: faultOf(thrown, options) }
    try {
      const value = copyOf(thrown.value)
      return { result: value, earlyReturn: { value, skipTo: thrown.skipTo } }
    } catch (fault) {
      return { result: null, error: RUNTIME_ERROR, fault: faultOf(fault, options) }
    }
  }
}

/**
 * Runs one handler. Everything goes in and comes out as JSON, so that nothing of it is shared.
 * @throws AwsError NotImplemented when the code uses what the local run does not emulate
 */
export function evaluate(options: EvaluateOptions): RuntimeEvaluation {
  const { handler, context, authType, fileName, clock, log } = options
  const deadline = performance.now() + MAX_EVALUATION_MS
  const evaluation = newEvaluation({ clock, fileName, handler, context, authType, deadline })
  const ctx = readContext(JSON.stringify(context))
  const ending = runAs(evaluation, () => run(options, ctx))
  const { appendedErrors, logs, extensions, responseHeaders } = evaluation
  if (ending.fault !== undefined) logs.push({ level: 'error', fileName, handler, message: ending.fault })
  if (log) logs.forEach(log)
  const stash = JSON.parse(JSON.stringify(ctx.stash)) as Record<string, unknown>
  return { ...ending, stash, appendedErrors, logs, extensions, responseHeaders }
}
