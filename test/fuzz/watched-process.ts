import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { MALLOC_ENVIRONMENT } from '../../infra/malloc.ts'
import type { Done, Work } from './develop-worker.ts'

/** What the watch saw: an answer, or that the process had to be ended or died by itself. */
export type Seen = Done | { type: 'timed out' } | { type: 'died'; code: number | null; signal: string | null }

/** A process that develops files, and is ended when one takes too long; the next file then finds a new one. */
export class WatchedProcess {
  private child: Promise<ChildProcess> | undefined

  /** @param limitMs how long a file may take */
  constructor(private readonly limitMs: number) {}

  async develop(work: Work): Promise<Seen> {
    this.child ??= start()
    const child = await this.child
    const seen = await new Promise<Seen>((resolve) => {
      const finish = (what: Seen): void => {
        clearTimeout(timer)
        child.off('message', answered).off('close', died)
        resolve(what)
      }
      const answered = (message: unknown): void => finish(message as Done)
      const died = (code: number | null, signal: string | null): void => finish({ type: 'died', code, signal })
      const timer = setTimeout(() => finish({ type: 'timed out' }), this.limitMs)
      child.on('message', answered).on('close', died)
      child.send(work)
    })
    if (seen.type !== 'done') await this.stop()
    return seen
  }

  async stop(): Promise<void> {
    const child = await this.child
    this.child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }
}

/** What it prints is GLib's grumbling about absurd sides: nothing to read, and much of it. */
async function start(): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'develop-worker.ts'), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...MALLOC_ENVIRONMENT },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  await once(child, 'message')
  return child
}
