import type { Random } from '../fuzz/random.ts'

/** Where a call of `process-image` stands in the life of an image. */
const DEVELOPING = ['claim', 'fetch', 'label', 'store', 'record'] as const

/** Where the calls stand that are made once Rekognition has not answered, or no attempt has come to an end. */
const LATER = ['put off', 'look up', 'label later', 'record labels', 'give up', 'clear up'] as const

export const STEPS = [...DEVELOPING, ...LATER] as const
export type Step = (typeof STEPS)[number]

/** Steps that write to the table, by the API. */
const WRITING: readonly Step[] = ['claim', 'record', 'record labels', 'give up']

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
  /** DynamoDB throttles what the API asks of it; the call has no effect. */
  throttleRead: 'the table throttles a read',
  throttleWrite: 'the table throttles a write',
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
const UNTOUCHED = 0.2
const EVENTS_ALONE = 0.2
const DOOMED = 0.06

/** Share of images for which Rekognition is away for longer than the function waits. */
const UNLABELLED = 0.14

/** Share of interruptions that befall one call alone. */
const ONCE = 0.7

/** A call that is befallen more often than the function is tried ends in the dead-letter queue. */
const MOST_TIMES = 9
const MOST_ROUNDS = 4
const MOST_COPIES = 3

/**
 * Three attempts of two calls, and the image turns READY without an answer; as many again for each later try, of which
 * the test's queue has four, and there will be none.
 */
const REFUSALS_OF_REKOGNITION = { least: 6, most: 36 }

/** Hangs are rarer: each waits for a deadline; so are crashes: each makes a process start. */
const BLOW_WEIGHTS: Blow[] = [
  'refuse', 'refuse', 'throttleRead', 'throttleWrite', 'loseAnswer', 'loseAnswer', 'loseAnswer', 'crashBefore',
  'crashAfter', 'crashAfter', 'hang',
]

export function planFor(random: Random): Plan {
  const kind = random.next()
  const copies = random.chance(0.5) ? 1 : random.below(MOST_COPIES + 1, 2)
  const rounds = Array.from({ length: copies }, () => (random.chance(0.5) ? 0 : random.below(MOST_ROUNDS)))
  if (kind < UNTOUCHED) return { interruptions: [], copies: 1, rounds: [0] }
  if (kind < UNTOUCHED + EVENTS_ALONE) return { interruptions: [], copies, rounds }
  if (kind > 1 - DOOMED) return { interruptions: doom(random), copies, rounds }
  if (kind > 1 - DOOMED - UNLABELLED) return { interruptions: withoutRekognition(random), copies, rounds }
  return { interruptions: interruptionsFrom(random), copies, rounds }
}

/** Crashes at one step on every attempt of every copy; then what tells of the failure is interrupted too. */
function doom(random: Random): Interruption[] {
  const step = random.pick(['claim', 'store', 'record'] as const)
  return [{ step, blow: 'crashBefore', times: MOST_TIMES, delayMs: 0 }, ...interruptedGivingUp(random)]
}

/** Rekognition throttles for long; then what asks it later is interrupted too. */
function withoutRekognition(random: Random): Interruption[] {
  const { least, most } = REFUSALS_OF_REKOGNITION
  const refusals = random.below(most + 1, least)
  const later: Step[] = ['put off', 'look up', 'label later', 'record labels', 'clear up']
  return [
    { step: 'label', blow: 'refuse', times: least, delayMs: 0 },
    { step: 'label later', blow: 'refuse', times: refusals - least, delayMs: 0 },
    interruptionOf(random.pick(later), random, 1),
  ]
}

function interruptionsFrom(random: Random): Interruption[] {
  const count = random.below(3, 1)
  const drawn = Array.from({ length: count }, () => {
    const times = random.chance(ONCE) ? 1 : random.below(MOST_TIMES, 2)
    return interruptionOf(random.pick(DEVELOPING), random, times)
  })
  return random.chance(0.5) ? [...drawn, ...interruptedGivingUp(random)] : drawn
}

function interruptedGivingUp(random: Random): Interruption[] {
  const step = random.pick(['give up', 'clear up'] as const)
  return [interruptionOf(step, random, random.below(3, 1))]
}

/** A throttled table is met by what writes to it; elsewhere the service itself refuses. */
function interruptionOf(step: Step, random: Random, times: number): Interruption {
  const drawn = random.pick(BLOW_WEIGHTS)
  const blow = drawn.startsWith('throttle') && !WRITING.includes(step) ? 'refuse' : drawn
  return { step, blow, times, delayMs: random.below(CRASH_DELAY_MS) }
}

/** Nothing was done to the image's calls; its event may have come more than once. */
export function isUntouched({ interruptions }: Plan): boolean {
  return interruptions.length === 0
}

/** In words, for a report. */
export function tell({ interruptions, copies, rounds }: Plan): string {
  const blows = interruptions.map(({ step, blow, times }) => `${step}: ${BLOWS[blow]} ${times} x`)
  return [...blows, `${copies} event(s) after ${rounds.join(', ')} round(s)`].join('; ')
}
