/** Where time comes from; tests put their own clock in its place. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /**
   * Calls back after `ms` milliseconds unless cancelled first. A pending call keeps the process alive: Lambda ends one
   * that waits for nothing else.
   */
  after(ms: number, callback: () => void): { cancel(): void }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return { cancel: () => clearTimeout(timer) }
  },
}

/** A deadline as an abort signal: aborts after `ms` unless cancelled first. */
export function deadline(clock: Clock, ms: number): { signal: AbortSignal; cancel(): void } {
  const controller = new AbortController()
  const { cancel } = clock.after(ms, () => controller.abort(new DeadlineExceeded(ms)))
  return { signal: controller.signal, cancel }
}

export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'
  constructor(readonly ms: number) {
    super(`No answer within ${ms} ms.`)
  }
}
