import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { LambdaError } from './errors.ts'
import type { ExecutionEnvironment, Outcome } from './execution-environment.ts'
import type { FunctionDefinition } from './function-definition.ts'
import { IDLE_MS, INIT_TIMEOUT_MS } from './limits.ts'
import type { ErrorDocument } from './runtime-messages.ts'

const MS_PER_SECOND = 1_000

const failedInit = (error: ErrorDocument, logTail: string): Outcome => ({
  requestId: randomUUID(), payload: JSON.stringify(error), functionError: 'Unhandled', logTail,
})

/**
 * The execution environments of one function: started when needed, used again while they are alive, ended when nobody
 * needed them for a while. Never more at a time than `size`; what goes beyond waits its turn.
 */
export class FunctionPool {
  private readonly idle = new Map<ExecutionEnvironment, { cancel(): void }>()
  private readonly busy = new Set<ExecutionEnvironment>()
  private readonly waiting: (() => void)[] = []
  private running = 0
  private readonly runs = new Set<Promise<unknown>>()
  private stopped = false

  /**
   * @param size most environments at a time
   * @param create starts an environment
   */
  constructor(
    readonly definition: FunctionDefinition,
    readonly size: number,
    private readonly clock: Clock,
    private readonly create: () => ExecutionEnvironment,
  ) {}

  /**
   * @param payload JSON text
   * @throws LambdaError TooManyRequestsException beyond the function's reserved concurrency
   */
  async invoke(payload: string): Promise<Outcome> {
    const { reservedConcurrency: reserved } = this.definition
    if (reserved !== undefined && this.running + this.waiting.length >= reserved) {
      const Reason = 'ReservedFunctionConcurrentInvocationLimitExceeded'
      const message = `Rate Exceeded: ${this.definition.name} has a reserved concurrency of ${reserved}.`
      throw new LambdaError('TooManyRequestsException', message, { Reason })
    }
    if (this.running >= this.size) await new Promise<void>((resolve) => this.waiting.push(resolve))
    if (this.stopped) {
      throw new LambdaError('ServiceException', `The run is stopping; ${this.definition.name} was not invoked.`)
    }
    this.running += 1
    const run = this.run(payload)
    this.runs.add(run)
    try {
      return await run
    } finally {
      this.runs.delete(run)
      this.running -= 1
      this.waiting.shift()?.()
    }
  }

  /** How many processes there are. */
  get environments(): number {
    return this.idle.size + this.busy.size
  }

  /** Takes no more invocations, lets the running ones go on for `drainMs`, then ends every process. */
  async stop(drainMs: number): Promise<void> {
    this.stopped = true
    for (const wake of this.waiting.splice(0)) wake()
    if (drainMs > 0 && this.runs.size > 0) {
      let timer: { cancel(): void } | undefined
      const limit = new Promise<void>((resolve) => (timer = this.clock.after(drainMs, resolve)))
      await Promise.race([Promise.allSettled(this.runs), limit])
      timer?.cancel()
    }
    for (const timer of this.idle.values()) timer.cancel()
    await Promise.all([...this.idle.keys(), ...this.busy].map((environment) => environment.kill()))
    this.idle.clear()
    await Promise.allSettled(this.runs)
  }

  private async run(payload: string): Promise<Outcome> {
    const timeoutMs = this.definition.timeoutSeconds * MS_PER_SECOND
    const warm = this.takeIdle()
    if (warm) return this.invokeOn(warm, payload, timeoutMs)
    const first = this.start()
    const initialization = await first.initialize(INIT_TIMEOUT_MS)
    if (initialization.state === 'ready') return this.invokeOn(first, payload, timeoutMs)
    this.busy.delete(first)
    if (initialization.state === 'failed') return failedInit(initialization.error, initialization.logTail)
    // A slow start is repeated as a part of the invocation, on the function's own timeout.
    const startedAt = this.clock.now()
    const second = this.start()
    const again = await second.initialize(timeoutMs)
    if (again.state === 'ready') return this.invokeOn(second, payload, timeoutMs - (this.clock.now() - startedAt))
    this.busy.delete(second)
    if (again.state === 'failed') return failedInit(again.error, again.logTail)
    const errorMessage = `Task timed out after ${this.definition.timeoutSeconds.toFixed(2)} seconds`
    return failedInit({ errorType: 'Sandbox.Timedout', errorMessage }, `${errorMessage}\n`)
  }

  private start(): ExecutionEnvironment {
    const environment = this.create()
    this.busy.add(environment)
    return environment
  }

  private takeIdle(): ExecutionEnvironment | undefined {
    for (const [environment, timer] of [...this.idle].reverse()) {
      timer.cancel()
      this.idle.delete(environment)
      if (!environment.isAlive) continue
      this.busy.add(environment)
      return environment
    }
    return undefined
  }

  private async invokeOn(environment: ExecutionEnvironment, payload: string, timeoutMs: number): Promise<Outcome> {
    try {
      return await environment.invoke(payload, timeoutMs)
    } finally {
      this.busy.delete(environment)
      if (environment.isAlive && !this.stopped) this.keep(environment)
      else await environment.kill()
    }
  }

  private keep(environment: ExecutionEnvironment): void {
    const timer = this.clock.after(IDLE_MS, () => {
      this.idle.delete(environment)
      void environment.kill()
    })
    this.idle.set(environment, timer)
  }
}
