import type { Invocation, RuntimeReply } from '../runtime-messages.ts'
import { logLine, patchConsole, type LogOptions } from './console.ts'
import { runtimeError, toErrorDocument, toLogLine } from './error-document.ts'
import { loadHandler, type Handler } from './load-handler.ts'
import { watchParent } from './watch-parent.ts'

/**
 * The inside of an execution environment: loads the handler, then answers one invocation after the other. It is bundled
 * and started with the function's environment variables and nothing else.
 */

/** Exit codes of Lambda's Node runtime after errors that nothing caught. */
const EXIT_UNHANDLED_REJECTION = 128
const EXIT_UNCAUGHT_EXCEPTION = 129

let current: { invocation: Invocation; startedAt: number } | undefined

const environment = process.env
const logging: LogOptions = {
  format: environment['AWS_LAMBDA_LOG_FORMAT'] === 'JSON' ? 'JSON' : 'Text',
  ...(environment['AWS_LAMBDA_LOG_LEVEL'] !== undefined && { level: environment['AWS_LAMBDA_LOG_LEVEL'] }),
  requestId: () => current?.invocation.requestId,
}

function reply(message: RuntimeReply, then: () => void = () => undefined): void {
  process.send?.(message, undefined, {}, then)
}

function logError(what: string, thrown: unknown): void {
  process.stdout.write(`${logLine('ERROR', logging, [`${what} \t${toLogLine(thrown)}`])}\n`)
}

/** The context object that handlers are given. */
function contextOf({ requestId, remainingMs, invokedFunctionArn }: Invocation, startedAt: number) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn,
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    awsRequestId: requestId,
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => Math.max(0, Math.round(remainingMs - (performance.now() - startedAt))),
  }
}

/** Ends the invocation under way, if there is one; its log is complete before its answer is sent. */
function finish(outcome: { payload: string } | { thrown: unknown }, exitCode?: number): void {
  if (!current) return
  const { requestId, endMark } = current.invocation
  current = undefined
  process.stdout.write(`${endMark}\n`)
  process.stderr.write(`${endMark}\n`)
  process.channel?.ref()
  const { maxRSS: maxRssKb } = process.resourceUsage()
  if ('payload' in outcome) return reply({ type: 'response', requestId, payload: outcome.payload, maxRssKb })
  const exits = exitCode !== undefined
  const error = toErrorDocument(outcome.thrown)
  reply({ type: 'error', requestId, error, maxRssKb, exits }, exits ? () => process.exit(exitCode) : undefined)
}

async function invoke(handler: Handler, invocation: Invocation): Promise<void> {
  const startedAt = performance.now()
  current = { invocation, startedAt }
  environment['_X_AMZN_TRACE_ID'] = invocation.traceId
  // While a handler works, its own open handles alone keep the process alive: see beforeExit.
  process.channel?.unref()
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation, startedAt))
    const payload = JSON.stringify(result === undefined ? null : result) as string | undefined
    if (current?.invocation === invocation) finish({ payload: payload ?? 'null' })
  } catch (thrown) {
    if (current?.invocation !== invocation) return
    logError('Invoke Error', thrown)
    finish({ thrown })
  }
}

function dieOf(what: string, thrown: unknown, exitCode: number): void {
  logError(what, thrown)
  if (current) finish({ thrown }, exitCode)
  else reply({ type: 'init-error', error: toErrorDocument(thrown) }, () => process.exit(exitCode))
}

async function main(): Promise<void> {
  watchParent()
  patchConsole(logging)
  // Ctrl-C in the terminal reaches the whole process group; the run decides what becomes of its environments.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('uncaughtException', (error) => dieOf('Uncaught Exception', error, EXIT_UNCAUGHT_EXCEPTION))
  process.on('unhandledRejection', (reason) => {
    const error = runtimeError('Runtime.UnhandledPromiseRejection', String(reason), reason)
    dieOf('Unhandled Promise Rejection', error, EXIT_UNHANDLED_REJECTION)
  })
  process.on('beforeExit', () => {
    if (!current) return
    const thrown = runtimeError('Runtime.NodeJsExit', 'Nothing is left to do, with a Promise that was never settled')
    logError('Invoke Error', thrown)
    finish({ thrown })
  })
  try {
    const handler = await loadHandler(environment['LAMBDA_TASK_ROOT'] ?? '', environment['_HANDLER'] ?? '')
    process.on('message', (message: Invocation) => void invoke(handler, message))
    reply({ type: 'ready' })
  } catch (thrown) {
    dieOf('Init Error', thrown, 1)
  }
}

void main()
