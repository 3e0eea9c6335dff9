import type { Clock } from '../../../../local/clock.ts'
import { compileCode } from '../../../../local/appsync/runtime/compile.ts'
import type { HandlerContext, RuntimeEvaluation } from '../../../../local/appsync/runtime/evaluation.ts'

const AUTH_TYPE = 'User Pool Authorization'

const IMPORTS =
  "import { util, extensions, runtime } from '@aws-appsync/utils'\nimport * as ddb from '@aws-appsync/utils/dynamodb'\n"

/** A clock that stands still. */
export const clockAt = (epochMilliseconds: number): Clock => ({
  now: () => epochMilliseconds,
  after: () => ({ cancel: () => undefined }),
})

/** Runs statements as a request handler. */
export function run(statements: string, context: HandlerContext = {}, clock?: Clock): RuntimeEvaluation {
  const response = 'export function response(ctx) { return ctx.result }'
  const code = `${IMPORTS}export function request(ctx) {${statements}}\n${response}\n`
  return compileCode(code, { fileName: 'sample.js', ...(clock ? { clock } : {}) }).evaluate('request', context, {
    authType: AUTH_TYPE,
  })
}

/** What an expression comes to inside of a request handler. */
export function valueOf(expression: string, context: HandlerContext = {}, clock?: Clock): unknown {
  const { result, error, fault } = run(`return ${expression}`, context, clock)
  if (error) throw new Error(fault ?? error.message)
  return result
}
