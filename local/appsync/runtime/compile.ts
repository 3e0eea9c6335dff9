import { systemClock, type Clock } from '../../clock.ts'
import { AwsError } from '../../aws/errors.ts'
import { checkAppSyncJs } from '../../../tools/appsync-js-check/check.ts'
import { formatDiagnostic, type Diagnostic } from '../../../tools/appsync-js-check/diagnostic.ts'
import { sourceFinder } from '../../../tools/appsync-js-check/source-position.ts'
import type { CompiledCode } from '../code-runtime.ts'
import { evaluate } from './evaluate.ts'
import type { HandlerContext, HandlerName, LogLine, RuntimeEvaluation } from './evaluation.ts'
import { instrument } from './instrument.ts'
import { load } from './sandbox.ts'

export interface CompileOptions {
  /** Name of the bundled file, for messages. */
  fileName: string
  /** @default the system's */
  clock?: Clock
  /** Gets every line that a handler logs, and why a handler failed. @default nobody */
  log?: (line: LogLine) => void
}

/** Code that is ready to run, any number of times. */
export interface RuntimeCode extends CompiledCode {
  evaluate(handler: HandlerName, ctx: HandlerContext, call: { authType: string }): RuntimeEvaluation
}

/** A finding as AppSync's API lists it. Source: the API's shape CodeError. */
const codeError = ({ rule, message, inCode }: Diagnostic) => ({
  errorType: rule === 'syntax' ? 'PARSER_ERROR' : 'LINT_ERROR',
  value: message,
  location: inCode,
})

/** How AppSync refuses code that it can't take. Source: the API's shapes BadRequestException and BadRequestDetail. */
function badCode(diagnostics: Diagnostic[]): AwsError {
  const message = ['The code contains one or more errors.', ...diagnostics.map(formatDiagnostic)].join('\n')
  return new AwsError('BadRequestException', message, 400, {
    reason: 'CODE_ERROR',
    detail: { codeErrors: diagnostics.map(codeError) },
  })
}

/** Bundles that AWS would take, instrumented: in one process many clouds may load the same ones. */
const taken = new Map<string, string>()

/** @throws AwsError BadRequestException with every finding, when AWS would refuse the code */
function checkAndInstrument(code: string, fileName: string): string {
  const known = taken.get(code)
  if (known !== undefined) return known
  const diagnostics = checkAppSyncJs(code, { fileName })
  if (diagnostics.length > 0) throw badCode(diagnostics)
  const instrumented = instrument(code)
  taken.set(code, instrumented)
  return instrumented
}

/**
 * Checks and loads the bundled code of a resolver or an AppSync function.
 * @param code an ES module that exports `request` and `response`
 * @throws AwsError BadRequestException with every finding, when AWS would refuse the code
 */
export function compileCode(code: string, options: CompileOptions): RuntimeCode {
  const { fileName, clock = systemClock, log } = options
  const handlers = load(checkAndInstrument(code, fileName), fileName)
  const findSource = sourceFinder(code, fileName)
  return {
    evaluate: (handler, ctx, call) =>
      evaluate({
        handlers,
        handler,
        context: ctx,
        authType: call.authType,
        fileName,
        clock,
        findSource,
        ...(log ? { log } : {}),
      }),
  }
}
