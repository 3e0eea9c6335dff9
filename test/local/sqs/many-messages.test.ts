import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredMessage } from '../../../local/sqs/message.ts'
import { MessageStore } from '../../../local/sqs/message-store.ts'
import { readQueue } from '../../../local/sqs/queue-definition.ts'
import { Queue } from '../../../local/sqs/queue.ts'
import { queueResource } from './given.ts'
import { HandClock } from './hand-clock.ts'

const FEW = 100
const MANY = 10_000
const RECEIVES = 20

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'many-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A queue of so many messages, every other one delayed, that counts how often anything is read of a message. */
function givenQueue(messages: number) {
  const looks = { count: 0 }
  const clock = new HandClock()
  const store = new MessageStore(join(folder, `${messages}.jsonl`))
  for (let number = 0; number < messages; number += 1) {
    const message: StoredMessage = {
      id: `message-${number}`,
      body: String(number),
      attributes: {},
      senderId: 'test',
      sentAt: clock.now(),
      availableAt: clock.now() + (number % 2) * 1_000,
      receiveCount: 0,
    }
    const watched = new Proxy(message, {
      get: (target, name, receiver) => {
        looks.count += 1
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    store.commit({ op: 'send', queue: 'jobs', message: watched })
  }
  const queue = new Queue(readQueue(queueResource('jobs', { VisibilityTimeout: 60 })), store, clock)
  looks.count = 0
  return { queue, clock, looks }
}

/** How often messages are looked at while some are received, one deleted, one given back, and all counted. */
async function looksOf(messages: number): Promise<number> {
  const { queue, clock, looks } = givenQueue(messages)
  const listener = queue.onMessage(() => undefined)
  for (let receive = 0; receive < RECEIVES; receive += 1) {
    const [one, other] = await queue.receive({ maxMessages: 2, waitSeconds: 0 })
    queue.delete(one!.receiptHandle)
    queue.changeVisibility(other!.receiptHandle, 0)
    queue.count()
    clock.advance(100)
  }
  listener.cancel()
  queue.close()
  return looks.count
}

describe('a queue of many messages', () => {
  it('looks at no more of them per receive than a queue of few', async () => {
    const few = await looksOf(FEW)
    expect(few).toBeGreaterThan(RECEIVES)
    expect(await looksOf(MANY)).toBe(few)
  })

  it('hands them out in their order, what comes back before what arrived later', async () => {
    const { queue, clock } = givenQueue(FEW)
    const bodies = async (maxMessages: number): Promise<string[]> =>
      (await queue.receive({ maxMessages, waitSeconds: 0 })).map(({ message }) => message.body)
    expect(await bodies(3)).toEqual(['0', '2', '4'])
    clock.advance(1_000)
    expect(await bodies(3)).toEqual(['1', '3', '5'])
    clock.advance(60_000)
    expect(await bodies(7)).toEqual(['0', '1', '2', '3', '4', '5', '6'])
  })

  it('counts what is visible, delayed and in flight while messages come and go', async () => {
    const { queue, clock } = givenQueue(FEW)
    const received = await queue.receive({ maxMessages: 10, waitSeconds: 0 })
    expect(queue.count()).toEqual({ visible: 40, delayed: 50, inFlight: 10 })
    for (const { receiptHandle } of received.slice(0, 4)) queue.delete(receiptHandle)
    queue.changeVisibility(received[4]!.receiptHandle, 0)
    expect(queue.count()).toEqual({ visible: 41, delayed: 50, inFlight: 5 })
    clock.advance(1_000)
    expect(queue.count()).toEqual({ visible: 91, delayed: 0, inFlight: 5 })
    clock.advance(60_000)
    expect(queue.count()).toEqual({ visible: 96, delayed: 0, inFlight: 0 })
    queue.purge()
    expect(queue.count()).toEqual({ visible: 0, delayed: 0, inFlight: 0 })
  })
})

it('a listener is called at the end of the delay, also after earlier messages were deleted in flight', async () => {
  const { queue, clock } = givenQueue(4)
  let calls = 0
  queue.onMessage(() => (calls += 1))
  for (const { receiptHandle } of await queue.receive({ maxMessages: 10, waitSeconds: 0 })) queue.delete(receiptHandle)
  clock.advance(999)
  expect(calls).toBe(0)
  clock.advance(1)
  expect(calls).toBe(1)
  queue.close()
})
