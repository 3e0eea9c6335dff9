import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import type { Clock } from '../clock.ts'
import { HEAP_SHARE, MAX_RESPONSE_BYTES } from './limits.ts'
import type { FunctionDefinition } from './function-definition.ts'
import { KIB_PER_MIB, logTail, type FunctionLog, type Report } from './function-log.ts'
import type { ErrorDocument, Invocation, RuntimeReply } from './runtime-messages.ts'

const MS_PER_SECOND = 1_000
const MARK_BYTES = 16

/** Lengths of the two ids in a trace header. */
const TRACE_ID_BYTES = 12
const SEGMENT_ID_BYTES = 8

type Ended = Pick<Report, 'requestId' | 'durationMs'>

/** What became of an invocation. */
export interface Outcome {
  requestId: string
  /** JSON text: what the handler returned, or an ErrorDocument. */
  payload: string
  functionError?: 'Unhandled'
  /** Last 4 KB of the log. */
  logTail: string
}

/** How the code outside of the handler went. */
export type Initialization =
  | { state: 'ready' }
  | { state: 'failed'; error: ErrorDocument; logTail: string }
  | { state: 'timed out' }

/** How Lambda words the end of a process; other signals are named as they are. */
const SIGNAL_WORDS: Record<string, string> = { SIGKILL: 'killed', SIGABRT: 'aborted', SIGSEGV: 'segmentation fault' }

function exitError(requestId: string, code: number | null, signal: NodeJS.Signals | null): ErrorDocument {
  const reason = signal ? `signal: ${SIGNAL_WORDS[signal] ?? signal}` : `exit status ${code}`
  const message = code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${reason}`
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${message}` }
}

/** A trace that is not sampled: X-Ray's SDK then sends nothing. */
function unsampledTraceId(now: number): string {
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
  const seconds = Math.floor(now / MS_PER_SECOND).toString(16)
  return `Root=1-${seconds}-${hex(TRACE_ID_BYTES)};Parent=${hex(SEGMENT_ID_BYTES)};Sampled=0`
}

/**
 * One execution environment: a process of its own that answers one invocation at a time. Whatever its code does, crash,
 * exit, never yield, stays inside of it.
 */
export class ExecutionEnvironment {
  /** Resolves when the process is gone and everything it printed has been read. */
  readonly gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** False once the process can't take another invocation. */
  isAlive = true
  private readonly child: ChildProcess
  private replied: (reply: RuntimeReply) => void = () => undefined
  /** The line that ends the invocation under way, how often it is still to come, and whom to tell. */
  private mark?: { text: string; missing: number; seen(): void }
  private lines: string[] = []
  private initMs?: number

  constructor(
    private readonly definition: FunctionDefinition,
    private readonly clock: Clock,
    private readonly log: FunctionLog,
    runtimeFile: string,
    variables: Record<string, string>,
  ) {
    this.child = fork(runtimeFile, [], {
      cwd: definition.taskRoot,
      env: variables,
      execArgv: [`--max-old-space-size=${Math.floor(definition.memoryMb * HEAP_SHARE)}`],
      // The last pipe is the lifeline: nothing is ever written to it, it closes with this process.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.print(line))
    }
    this.child.on('message', (reply: RuntimeReply) => this.replied(reply))
    this.gone = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void => {
        this.isAlive = false
        resolve({ code, signal })
      }
      this.child.on('close', end)
      this.child.on('error', (error) => {
        this.print(error.message)
        if (this.child.pid === undefined) end(null, null)
      })
    })
  }

  /** @param limitMs how long it may take; the process is killed then */
  async initialize(limitMs: number): Promise<Initialization> {
    const startedAt = performance.now()
    const reply = await this.reply(limitMs)
    if (reply === 'timeout') {
      this.print(`INIT_REPORT Init Duration: ${limitMs.toFixed(2)} ms\tPhase: init\tStatus: timeout`)
      return { state: 'timed out' }
    }
    if ('type' in reply && reply.type === 'ready') {
      this.initMs = performance.now() - startedAt
      return { state: 'ready' }
    }
    await this.kill()
    const { code, signal } = await this.gone
    const told = 'type' in reply && reply.type === 'init-error'
    const error = told ? reply.error : exitError(randomUUID(), code, signal)
    return { state: 'failed', error, logTail: logTail(this.lines) }
  }

  /** @param payload JSON text. @param timeoutMs what is left of the function's timeout */
  async invoke(payload: string, timeoutMs: number): Promise<Outcome> {
    const requestId = randomUUID()
    const startedAt = performance.now()
    this.print(this.log.start(requestId))
    const endMark = `\u0000${randomBytes(MARK_BYTES).toString('hex')}`
    const printed = new Promise<void>((seen) => (this.mark = { text: endMark, missing: 2, seen }))
    const invocation: Invocation = {
      type: 'invoke',
      requestId,
      payload,
      remainingMs: timeoutMs,
      traceId: unsampledTraceId(this.clock.now()),
      invokedFunctionArn: this.definition.arn,
      endMark,
    }
    this.child.send(invocation, () => undefined)
    const reply = await this.reply(timeoutMs)
    const ended = { requestId, durationMs: performance.now() - startedAt }
    if (reply === 'timeout') return this.timedOut(ended)
    if ('code' in reply) return this.failed(ended, exitError(requestId, reply.code, reply.signal))
    if ('exits' in reply && reply.exits) this.isAlive = false
    await Promise.race([printed, this.gone])
    this.mark = undefined
    if (reply.type === 'response') {
      const bytes = Buffer.byteLength(reply.payload)
      if (bytes <= MAX_RESPONSE_BYTES) return this.succeeded(ended, reply.payload, reply.maxRssKb)
      const size = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`
      const error = { errorType: 'Function.ResponseSizeTooLarge', errorMessage: size }
      return this.failed(ended, error, reply.maxRssKb)
    }
    if (reply.type === 'error') return this.failed(ended, reply.error, reply.maxRssKb)
    // The process reported itself broken between invocations, and ends.
    this.isAlive = false
    const { code, signal } = await this.gone
    return this.failed(ended, exitError(requestId, code, signal))
  }

  /** Ends the process at once. */
  async kill(): Promise<void> {
    this.isAlive = false
    this.child.kill('SIGKILL')
    await this.gone
  }

  /** The next reply, the end of the process, or the limit, whichever is first; at the limit the process is killed. */
  private async reply(
    limitMs: number,
  ): Promise<RuntimeReply | 'timeout' | { code: number | null; signal: NodeJS.Signals | null }> {
    let timer: { cancel(): void } | undefined
    const limit = new Promise<'timeout'>((resolve) => {
      timer = this.clock.after(limitMs, () => resolve('timeout'))
    })
    const reply = new Promise<RuntimeReply>((resolve) => (this.replied = resolve))
    const first = await Promise.race([reply, this.gone, limit])
    timer?.cancel()
    this.replied = () => undefined
    if (first === 'timeout') await this.kill()
    return first
  }

  private print(line: string): void {
    if (this.mark && line === this.mark.text) {
      this.mark.missing -= 1
      if (this.mark.missing === 0) this.mark.seen()
      return
    }
    this.lines.push(line)
    this.log.line(line)
  }

  private succeeded(ended: Ended, payload: string, maxRssKb: number): Outcome {
    if (maxRssKb > this.definition.memoryMb * KIB_PER_MIB) {
      const used = Math.round(maxRssKb / KIB_PER_MIB)
      this.log.warn(`used ${used} MB of ${this.definition.memoryMb} MB: AWS would have killed it`)
    }
    return this.report({ ...ended, status: 'success', maxRssKb }, payload)
  }

  private failed(ended: Ended, error: ErrorDocument, maxRssKb?: number): Outcome {
    const { errorType } = error
    if (maxRssKb === undefined) this.print(error.errorMessage)
    const report = { ...ended, status: 'error', errorType, ...(maxRssKb !== undefined && { maxRssKb }) } as const
    return { ...this.report(report, JSON.stringify(error)), functionError: 'Unhandled' }
  }

  private timedOut(ended: Ended): Outcome {
    const seconds = `Task timed out after ${this.definition.timeoutSeconds.toFixed(2)} seconds`
    this.print(`${new Date(this.clock.now()).toISOString()} ${ended.requestId} ${seconds}`)
    const error = { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${ended.requestId} Error: ${seconds}` }
    return { ...this.report({ ...ended, status: 'timeout' }, JSON.stringify(error)), functionError: 'Unhandled' }
  }

  private report(report: Report, payload: string): Outcome {
    const { initMs } = this
    this.initMs = undefined
    for (const line of this.log.end({ ...report, ...(initMs !== undefined && { initMs }) })) this.print(line)
    const outcome = { requestId: report.requestId, payload, logTail: logTail(this.lines) }
    this.lines = []
    return outcome
  }
}
