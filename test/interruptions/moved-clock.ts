import { renameSync, writeFileSync } from 'node:fs'
import type { Clock } from '../../local/clock.ts'

interface Pending {
  /** What was asked for, in milliseconds. */
  ms: number
  at: number
  callback: () => void
  timer: NodeJS.Timeout
}

/**
 * A clock that runs as the system's does and can be moved on by hand: what is due by then is called at once, in its
 * order. Other processes read how far it was moved from a file.
 */
export class MovedClock implements Clock {
  private movedMs = 0
  private readonly pending = new Set<Pending>()

  /** @param file holds the milliseconds that the clock is ahead of the system's, as text */
  constructor(private readonly file: string) {
    this.tell()
  }

  now = (): number => Date.now() + this.movedMs

  after = (ms: number, callback: () => void): { cancel(): void } => {
    const entry: Pending = { ms, at: this.now() + ms, callback, timer: setTimeout(() => this.call(entry), ms) }
    entry.timer.unref()
    this.pending.add(entry)
    return { cancel: () => this.forget(entry) }
  }

  /** How many calls are awaited that were asked for with just this delay. */
  awaited(ms: number): number {
    return [...this.pending].filter((entry) => entry.ms === ms).length
  }

  /** Milliseconds that the clock was moved in all. */
  get moved(): number {
    return this.movedMs
  }

  /** Moves the clock on. What the calls themselves ask for is due later, even if its time has come. */
  advance(ms: number): void {
    this.movedMs += ms
    this.tell()
    const now = this.now()
    const due = [...this.pending].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
    for (const entry of due) if (this.pending.has(entry)) this.call(entry)
    for (const entry of this.pending) {
      clearTimeout(entry.timer)
      entry.timer = setTimeout(() => this.call(entry), Math.max(0, entry.at - now))
      entry.timer.unref()
    }
  }

  private call(entry: Pending): void {
    this.forget(entry)
    entry.callback()
  }

  private forget(entry: Pending): void {
    clearTimeout(entry.timer)
    this.pending.delete(entry)
  }

  /** Renamed into place: a reader never sees half of it. */
  private tell(): void {
    writeFileSync(`${this.file}.new`, String(this.movedMs))
    renameSync(`${this.file}.new`, this.file)
  }
}
