import { describe, expect, it } from 'vitest'
import type { ModerationLabelInput } from '../../generated/graphql.ts'
import { LABELS_DEADLINE_MS, startLabelling, type Labeler } from '../../functions/lib/label-picture.ts'
import type { Moderator } from '../../functions/lib/moderation.ts'
import { givenLog, HandClock, MEADOW, SKY } from './given.ts'

const JPEG = Buffer.from('jpeg')
const WEAPONS: ModerationLabelInput = { name: 'Weapons', confidence: 71, parentName: 'Violence' }
const VIOLENCE: ModerationLabelInput = { name: 'Violence', confidence: 83, parentName: null }

function start(detect: Labeler['detect'], moderate?: Moderator['detect'], jpeg: Buffer | undefined = JPEG) {
  const clock = new HandClock()
  const { log, lines } = givenLog()
  const moderator = moderate && { detect: moderate }
  return { ...startLabelling(jpeg, { labeler: { detect }, moderator, clock, log }), clock, lines }
}

const throttled = async () => Promise.reject(new Error('ThrottlingException'))

/** An answer that never comes; ends when it is told to. */
const never = (_jpeg: Uint8Array, signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

describe('labelling', () => {
  it('answers the labels, most certain first', async () => {
    const { labelling, clock } = start(async () => [SKY, MEADOW])
    expect(await labelling).toEqual({
      labels: [MEADOW, SKY], labelsStatus: 'READY', moderationStatus: 'NOT_ASKED', moderationLabels: [],
    })
    expect(clock.pendingCalls).toBe(0)
  })

  it('comes later when Rekognition fails, which is logged and not thrown', async () => {
    const { labelling, lines } = start(throttled)
    expect(await labelling).toMatchObject({ labels: [], labelsStatus: 'PENDING', moderationStatus: 'NOT_ASKED' })
    expect(lines).toMatchObject([{ level: 'warn', details: { error: { message: 'ThrottlingException' } } }])
  })

  it('waits for no answer longer than its deadline', async () => {
    const { labelling, clock } = start(never, never)
    clock.advance(LABELS_DEADLINE_MS)
    expect(await labelling).toMatchObject({ labelsStatus: 'PENDING', moderationStatus: 'PENDING' })
  })

  it('ends what still runs when it is cancelled, and says nothing', async () => {
    const { labelling, cancelLabelling, clock, lines } = start(never, never)
    cancelLabelling()
    expect(await labelling).toMatchObject({ labelsStatus: 'PENDING', moderationStatus: 'PENDING' })
    expect([clock.pendingCalls, lines]).toEqual([0, []])
  })

  it('is skipped for a picture that is too small, and asks nobody', async () => {
    const { log, lines } = givenLog()
    const services = { labeler: { detect: throttled }, moderator: undefined, clock: new HandClock(), log }
    expect(await startLabelling(undefined, services).labelling).toEqual({
      labels: [], labelsStatus: 'SKIPPED_TOO_SMALL', moderationStatus: 'NOT_ASKED', moderationLabels: [],
    })
    expect(lines).toEqual([])
  })
})

describe('moderation', () => {
  it('holds back whatever something was found on, most certain first', async () => {
    const { labelling } = start(async () => [SKY], async () => [WEAPONS, VIOLENCE])
    expect(await labelling).toMatchObject({
      labelsStatus: 'READY', moderationStatus: 'HELD', moderationLabels: [VIOLENCE, WEAPONS],
    })
  })

  it('clears what nothing was found on', async () => {
    const { labelling } = start(async () => [SKY], async () => [])
    expect(await labelling).toMatchObject({ moderationStatus: 'CLEARED', moderationLabels: [] })
  })

  it('comes later by itself, as the labels do', async () => {
    expect(await start(async () => [SKY], throttled).labelling).toMatchObject({
      labels: [SKY], labelsStatus: 'READY', moderationStatus: 'PENDING',
    })
    expect(await start(throttled, async () => []).labelling).toMatchObject({
      labelsStatus: 'PENDING', moderationStatus: 'CLEARED',
    })
  })

  it('holds back a picture that is too small to be looked at', async () => {
    const { log } = givenLog()
    const moderator = { detect: async () => [] }
    const services = { labeler: { detect: throttled }, moderator, clock: new HandClock(), log }
    expect(await startLabelling(undefined, services).labelling).toEqual({
      labels: [], labelsStatus: 'SKIPPED_TOO_SMALL', moderationStatus: 'HELD', moderationLabels: [],
    })
  })
})
