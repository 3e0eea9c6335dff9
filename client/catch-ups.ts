import type { Pauses } from './pauses.ts'

/** Catch-ups, one at a time: who asks while one is under way waits for the next, all of them for the same. */
export interface CatchUps {
  /** Resolves when a catch-up has ended that began after this, or when all was stopped. */
  ask(): Promise<void>
  /** Until then nothing but waits. */
  begin(): void
  /** Nobody waits any longer, and no other catch-up begins. */
  stop(): void
}

/**
 * @param run one catch-up; when it rejects, `onError` is told, and after a pause that can be cut short it runs again
 * @param pauseAfter see `SyncOptions`
 */
export function createCatchUps(
  run: () => Promise<void>,
  { pauses, pauseAfter, onError }: {
    pauses: Pauses
    pauseAfter: (failures: number) => number
    onError: (error: unknown) => void
  },
): CatchUps {
  let mayBegin = false
  let isStopped = false
  let isUnderWay = false
  /** Who waits for the next one. */
  const waiting: (() => void)[] = []
  /** Who waits for the one that is under way. */
  const served: (() => void)[] = []

  async function work(): Promise<void> {
    if (isUnderWay || !mayBegin) return
    isUnderWay = true
    for (let failures = 0; waiting.length + served.length > 0 && !isStopped;) {
      served.push(...waiting.splice(0))
      try {
        await run()
        failures = 0
        served.splice(0).forEach((resolve) => resolve())
      } catch (error) {
        onError(error)
        failures += 1
        await pauses.pause(pauseAfter(failures))
      }
    }
    isUnderWay = false
  }

  return {
    ask() {
      if (isStopped) return Promise.resolve()
      const done = new Promise<void>((resolve) => waiting.push(resolve))
      void work()
      return done
    },
    begin() {
      mayBegin = true
      void work()
    },
    stop() {
      isStopped = true
      for (const resolve of [...served.splice(0), ...waiting.splice(0)]) resolve()
    },
  }
}
