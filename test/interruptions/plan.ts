import type { Random } from '../fuzz/random.ts'

/** Where a call of a function stands in the life of an image. */
export const STEPS = ['claim', 'fetch', 'label', 'store', 'record', 'give up'] as const
export type Step = (typeof STEPS)[number]

/** What befalls a call. */
export const BLOWS = {
  /** 503, or Rekognition's throttling; the call has no effect. */
  refuse: 'the service refuses',
  /** The call takes effect, but its answer never comes: the connection breaks. */
  loseAnswer: 'the answer is lost',
  /** The process is killed before the call takes effect. */
  crashBefore: 'the function crashes before',
  /** The process is killed after the call took effect, up to `CRASH_DELAY_MS` later: in the middle of the next step. */
  crashAfter: 'the function crashes after',
  /** No answer, and no end: until a deadline or the function's timeout. */
  hang: 'the service hangs',
} as const
export type Blow = keyof typeof BLOWS

/** Longest time from an answer to the crash that follows it, in milliseconds: the function then decodes and encodes. */
export const CRASH_DELAY_MS = 60

export interface Interruption {
  step: Step
  blow: Blow
  /** How many calls it befalls, from the first on. */
  times: number
  /** Of `crashAfter`, in milliseconds. */
  delayMs: number
}

/** What is to happen to one image. */
export interface Plan {
  interruptions: Interruption[]
  /** How often its event comes, at least once. */
  copies: number
  /** How many rounds of events pass before each copy comes; 0 is at once. */
  rounds: number[]
}

/** Shares of images that nothing befalls, whose events alone are off, and that no attempt can bring to an end. */
const UNTOUCHED = 0.25
const EVENTS_ALONE = 0.25
const DOOMED = 0.06

/** Share of interruptions that befall one call alone. */
const ONCE = 0.7

/** A call that is befallen more often than the function is tried ends in the dead-letter queue. */
const MOST_TIMES = 9
const MOST_ROUNDS = 4
const MOST_COPIES = 3

/** Hangs are rarer: each waits for a deadline; so are crashes: each makes a process start. */
const BLOW_WEIGHTS: Blow[] = [
  'refuse', 'refuse', 'refuse', 'loseAnswer', 'loseAnswer', 'loseAnswer', 'crashBefore', 'crashAfter', 'crashAfter',
  'hang',
]

export function planFor(random: Random): Plan {
  const kind = random.next()
  if (kind < UNTOUCHED) return { interruptions: [], copies: 1, rounds: [0] }
  const copies = random.chance(0.5) ? 1 : random.below(MOST_COPIES + 1, 2)
  const rounds = Array.from({ length: copies }, () => (random.chance(0.5) ? 0 : random.below(MOST_ROUNDS)))
  if (kind < UNTOUCHED + EVENTS_ALONE) return { interruptions: [], copies, rounds }
  const interruptions = kind > 1 - DOOMED ? doom(random) : interruptionsFrom(random)
  return { interruptions, copies, rounds }
}

/** Crashes at one step on every attempt of every copy; then what tells of the failure is interrupted too. */
function doom(random: Random): Interruption[] {
  const step = random.pick(['claim', 'store', 'record'] as const)
  return [{ step, blow: 'crashBefore', times: MOST_TIMES, delayMs: 0 }, interruptedGivingUp(random)]
}

function interruptionsFrom(random: Random): Interruption[] {
  const count = random.below(3, 1)
  const drawn = Array.from({ length: count }, () => ({
    step: random.pick(STEPS.slice(0, -1)),
    blow: random.pick(BLOW_WEIGHTS),
    times: random.chance(ONCE) ? 1 : random.below(MOST_TIMES, 2),
    delayMs: random.below(CRASH_DELAY_MS),
  }))
  return random.chance(0.5) ? [...drawn, interruptedGivingUp(random)] : drawn
}

function interruptedGivingUp(random: Random): Interruption {
  return { step: 'give up', blow: random.pick(BLOW_WEIGHTS), times: random.below(3, 1), delayMs: 0 }
}

/** Nothing was done to the image's calls, and its event came once. */
export function isUntouched({ interruptions, copies }: Plan): boolean {
  return interruptions.length === 0 && copies === 1
}

/** In words, for a report. */
export function tell({ interruptions, copies, rounds }: Plan): string {
  const blows = interruptions.map(({ step, blow, times }) => `${step}: ${BLOWS[blow]} ${times} x`)
  return [...blows, `${copies} event(s) after ${rounds.join(', ')} round(s)`].join('; ')
}
