import type { Clock } from '../clock.ts'

/** Room for this many writes within one millisecond, as bits. */
const COUNTER_BITS = 20n

/** Hex digits of a sequencer: enough for the milliseconds until far beyond this century, and the counter. */
const SEQUENCER_DIGITS = 18

/** Hands out ever greater sequencers, also across restarts and when the clock is put back. */
export class Sequence {
  #last = 0n
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Later ones are greater than this one that was found on the disk. */
  seen(sequencer: string): void {
    const value = BigInt(`0x${sequencer}`)
    if (value > this.#last) this.#last = value
  }

  next(): string {
    const byClock = BigInt(this.#clock.now()) << COUNTER_BITS
    this.#last = byClock > this.#last ? byClock : this.#last + 1n
    return this.#last.toString(16).toUpperCase().padStart(SEQUENCER_DIGITS, '0')
  }
}
