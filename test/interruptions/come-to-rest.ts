import { INIT_TIMEOUT_MS } from '../../local/lambda/limits.ts'
import type { EventStopover } from './event-stopover.ts'
import { FUNCTION_TIMEOUTS } from './interrupted-assembly.ts'
import type { InterruptingProxy } from './interrupting-proxy.ts'
import type { MovedClock } from './moved-clock.ts'

/** All rests when nothing happened in so many looks, and how far these lie apart, in milliseconds. */
const LOOKS = 5
const LOOK_MS = 12

/** How far the clock moves at once, in milliseconds: past a deadline of a call, or towards a message's return. */
const STEP_WHILE_HANGING_MS = 5_000
const STEP_MS = 60_000

/** A run that has not come to an end by then never will, in milliseconds of the moved clock. */
const GIVE_UP_MS = 24 * 60 * 60 * 1_000

const MS_PER_SECOND = 1_000

/** Moves the clock whenever nothing else moves, until no message is left. @throws Error when some never go */
export async function comeToRest(clock: MovedClock, proxy: InterruptingProxy, stopover: EventStopover): Promise<void> {
  const giveUpAt = clock.moved + GIVE_UP_MS
  for (;;) {
    await quiet(clock, proxy)
    if (stopover.holding > 0) await stopover.sendOn()
    else if (proxy.hangs === 0 && (await stopover.left()) === 0) return
    if (clock.moved > giveUpAt) throw new Error(`expected every message done with, ${await stopover.left()} are left`)
    await quiet(clock, proxy)
    clock.advance(proxy.hangs > 0 ? STEP_WHILE_HANGING_MS : STEP_MS)
  }
}

/** Timers that a function's process has while it starts or works: told by their lengths, which no other timer has. */
const WORKING_MS = [INIT_TIMEOUT_MS, ...Object.values(FUNCTION_TIMEOUTS).map((seconds) => seconds * MS_PER_SECOND)]

/** Resolves when every function rests, or hangs on a call that will not be answered. */
async function quiet(clock: MovedClock, proxy: InterruptingProxy): Promise<void> {
  for (let looks = 0; looks < LOOKS; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    const working = WORKING_MS.reduce((sum, ms) => sum + clock.awaited(ms), 0)
    looks = working === proxy.hangs && proxy.passing === 0 ? looks + 1 : 0
  }
}
