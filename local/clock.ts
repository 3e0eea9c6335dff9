/** Where time comes from; tests put their own clock in its place. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back after `ms` milliseconds unless cancelled first; a pending call doesn't keep the process alive. */
  after(ms: number, callback: () => void): { cancel(): void }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
}
