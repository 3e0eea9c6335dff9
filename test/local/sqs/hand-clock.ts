import type { Clock } from '../../../local/clock.ts'

/** A clock that stands still until it is moved by hand. */
export class HandClock implements Clock {
  private time: number
  private timers: { at: number; callback: () => void }[] = []

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.time = start
  }

  now(): number {
    return this.time
  }

  after(ms: number, callback: () => void): { cancel(): void } {
    const timer = { at: this.time + ms, callback }
    this.timers.push(timer)
    return { cancel: () => void (this.timers = this.timers.filter((other) => other !== timer)) }
  }

  /** Calls whatever is due on the way, in order. */
  advance(ms: number): void {
    const end = this.time + ms
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0]
      if (!due) break
      this.timers = this.timers.filter((timer) => timer !== due)
      this.time = Math.max(this.time, due.at)
      due.callback()
    }
    this.time = end
  }

  /** How many callbacks are waited for. */
  get pending(): number {
    return this.timers.length
  }
}
