import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VersionedImage } from '../../client/image-source.ts'
import { DELETED_ARE_TOLD_FOR_MS, StateTooOld, syncImages, type ImageSync, type SyncOptions } from '../../client/image-sync.ts'
import { TOMBSTONE_DAYS } from '../../resolvers/lib/limits.ts'
import { scriptedSource, type ScriptedSource } from './scripted-source.ts'

const NOON = Date.parse('2026-11-20T12:00:00.000Z')
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS

/** An image as it is so many seconds after noon. */
const image = (id: string, version: number, seconds = 0): VersionedImage =>
  ({ id, version, updatedAt: new Date(NOON + seconds * SECOND_MS).toISOString() })

let source: ScriptedSource
let sync: ImageSync
let told: VersionedImage[]
let problems: unknown[]

/** Follows the scripted source; attempts are repeated at once. */
function given(options: Partial<SyncOptions<VersionedImage>> = {}): void {
  sync = syncImages(source, {
    onChange: (image) => void told.push(image),
    onError: (error) => problems.push(error),
    pauseAfter: () => 0,
    ...options,
  })
}

/** Lets everything happen that waits for nothing but its turn. */
const turn = () => vi.advanceTimersByTimeAsync(0)
const after = (durationMs: number) => vi.advanceTimersByTimeAsync(durationMs)
const listener = () => source.subscriptions.at(-1)!
const lastAsked = () => source.asked.at(-1)!

/** Answers the last question with a page. */
async function answer(items: VersionedImage[], nextToken: string | null = null): Promise<void> {
  lastAsked().answer({ items, nextToken })
  await turn()
}

/** The subscriptions stand, and both catch-ups that follow find this. */
async function connect(items: VersionedImage[] = []): Promise<void> {
  listener().stands()
  await answer(items)
  await after(5 * SECOND_MS)
  await answer(items)
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOON })
  source = scriptedSource()
  told = []
  problems = []
})
afterEach(() => {
  sync.stop()
  vi.useRealTimers()
})

describe('the first catch-up', () => {
  it('asks only once the subscriptions stand, and for all there is', async () => {
    given()
    void sync.catchUp()
    await after(14 * SECOND_MS)
    expect(source.asked).toEqual([])
    listener().stands()
    await turn()
    expect(source.asked.slice(0, 1)).toMatchObject([{ since: '1970-01-01T00:00:00.000Z', nextToken: null }])
  })

  it('asks after 15 seconds though they do not stand', async () => {
    given()
    await after(14 * SECOND_MS)
    expect(source.asked).toEqual([])
    await after(SECOND_MS)
    await answer([image('a', 1)])
    expect(told).toEqual([image('a', 1)])
  })

  it('reads page after page, and tells each image as it is', async () => {
    given()
    listener().stands()
    await answer([image('a', 1), image('b', 4)], 'more')
    expect(lastAsked().nextToken).toBe('more')
    await answer([image('c', 2)])
    expect(told.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(source.asked).toHaveLength(2)
  })

  it('is repeated after five seconds, and tells what the index did not have at first', async () => {
    given()
    listener().stands()
    await answer([image('a', 1, 2)])
    await after(5 * SECOND_MS)
    expect(Date.parse(lastAsked().since)).toBeLessThanOrEqual(NOON + SECOND_MS)
    await answer([image('b', 2, 1), image('a', 1, 2)])
    expect(told.map(({ id }) => id)).toEqual(['a', 'b'])
  })
})

describe('what is told', () => {
  it('is each version once, however often and from wherever it comes', async () => {
    given()
    listener().image(image('a', 3))
    listener().stands()
    await answer([image('a', 2), image('b', 1)])
    listener().image(image('b', 1))
    listener().image(image('b', 2))
    listener().image(image('b', 2))
    await turn()
    expect(told.map(({ id, version }) => `${id}${version}`)).toEqual(['a3', 'b1', 'b2'])
  })

  it('is never older than what was told, when events overtake each other and the page', async () => {
    given()
    listener().stands()
    await turn()
    listener().image(image('a', 5))
    listener().image(image('a', 4))
    await answer([image('a', 3)])
    expect(told).toEqual([image('a', 5)])
  })

  it('is one image at a time, in the order of their coming', async () => {
    let done: (() => void)[] = []
    const begun: string[] = []
    given({
      onChange({ id, version }) {
        begun.push(`${id}${version}`)
        return new Promise((resolve) => done.push(resolve))
      },
    })
    listener().image(image('a', 1))
    listener().image(image('a', 2))
    listener().image(image('b', 1))
    await turn()
    expect(begun).toEqual(['a1'])
    for (const expected of [['a1', 'a2'], ['a1', 'a2', 'b1']]) {
      const [finish] = done
      done = []
      finish!()
      await turn()
      expect(begun).toEqual(expected)
    }
  })

  it('is told again when onChange throws', async () => {
    let failures = 1
    given({
      onChange(image) {
        if (failures-- > 0) throw new Error('disk full')
        told.push(image)
      },
    })
    await connect()
    const asked = source.asked.length
    listener().image(image('a', 1))
    await turn()
    expect(problems).toEqual([new Error('disk full')])
    expect(source.asked).toHaveLength(asked + 1)
    await answer([image('a', 1)])
    expect(told).toEqual([image('a', 1)])
  })

  it('is asked for when an event comes without a readable image', async () => {
    given()
    await connect()
    const asked = source.asked.length
    listener().image(null)
    expect(source.asked).toHaveLength(asked + 1)
    await answer([image('a', 1)])
    expect(told).toEqual([image('a', 1)])
  })
})

describe('an interruption', () => {
  it('that is mended by itself is caught up with, from a minute before the newest change of the last catch-up', async () => {
    given()
    await connect([image('a', 1, 10)])
    listener().image(image('b', 1, 500))
    listener().stands()
    await turn()
    expect(lastAsked().since).toBe(new Date(NOON - 50 * SECOND_MS).toISOString())
    await answer([image('a', 1, 10), image('lost', 7, 499), image('b', 1, 500)])
    expect(told.map(({ id }) => id)).toEqual(['a', 'b', 'lost'])
  })

  it('that is not is followed by new subscriptions, and a catch-up once they stand', async () => {
    given()
    await connect()
    const [first] = source.subscriptions
    const asked = source.asked.length
    first!.failed(new Error('cut off'))
    await turn()
    expect(first!.isOver).toBe(true)
    expect(source.subscriptions).toHaveLength(2)
    expect(problems).toEqual([new Error('cut off')])
    expect(source.asked).toHaveLength(asked)
    listener().stands()
    await answer([image('a', 1)])
    expect(told).toEqual([image('a', 1)])
  })

  it('is waited out longer with every failure, and as before once they stood', async () => {
    const failures: number[] = []
    given({ pauseAfter: (count) => (failures.push(count), 0) })
    for (let count = 0; count < 3; count += 1) {
      listener().failed(new Error('cut off'))
      await turn()
    }
    listener().stands()
    listener().failed(new Error('cut off'))
    await turn()
    expect(failures).toEqual([1, 2, 3, 1])
  })

  it('of catch-ups is waited out longer with every failure, and as before once one has ended', async () => {
    const failures: number[] = []
    given({ pauseAfter: (count) => (failures.push(count), 0) })
    listener().stands()
    for (const work of [1, 2, 'works', 1] as const) {
      await turn()
      void sync.catchUp()
      if (work === 'works') lastAsked().answer({ items: [] })
      else lastAsked().refuse(new Error('offline'))
    }
    await turn()
    expect(failures).toEqual([1, 2, 1])
  })

  it('that keeps from subscribing at all is tried again', async () => {
    const { subscribe } = source
    source.subscribe = () => {
      source.subscribe = subscribe
      throw new Error('not configured')
    }
    given()
    await turn()
    expect(problems).toEqual([new Error('not configured')])
    expect(source.subscriptions).toHaveLength(1)
  })

  it('of a catch-up is mended from the page that it had come to', async () => {
    given()
    listener().stands()
    await answer([image('a', 1, 0)], 'more')
    lastAsked().refuse(new Error('throttled'))
    await turn()
    expect(problems).toEqual([new Error('throttled')])
    expect(lastAsked()).toMatchObject({ since: new Date(NOON - MINUTE_MS).toISOString(), nextToken: null })
    await answer([image('a', 1, 0), image('b', 1, 1)])
    expect(told.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('that ends cuts the wait for the next attempt short', async () => {
    given({ pauseAfter: () => DAY_MS })
    listener().stands()
    await turn()
    lastAsked().refuse(new Error('offline'))
    await turn()
    const asked = source.asked.length
    listener().stands()
    await turn()
    expect(source.asked).toHaveLength(asked + 1)
  })
})

describe('a change that shows up late', () => {
  it('behind a newer one is told by the next catch-up, up to a minute later', async () => {
    given({ catchUpEveryMs: 5 * MINUTE_MS })
    await connect([image('new', 1, 0)])
    await after(5 * MINUTE_MS)
    const late = image('late', 1, -59)
    expect(Date.parse(lastAsked().since)).toBeLessThanOrEqual(Date.parse(late.updatedAt))
    await answer([late])
    expect(told.map(({ id }) => id)).toEqual(['new', 'late'])
  })

  it('is asked for by so much earlier as the catch-up took', async () => {
    given()
    listener().stands()
    await answer([image('a', 1, -600)], 'more')
    await after(40 * SECOND_MS)
    await answer([image('b', 1, 30)])
    void sync.catchUp()
    await turn()
    expect(lastAsked().since).toBe(new Date(NOON + (30 - 40 - 60) * SECOND_MS).toISOString())
  })

  it('is no reason to ask for what is complete', async () => {
    given()
    await connect([image('a', 1, 0)])
    void sync.catchUp()
    await turn()
    const { since } = lastAsked()
    await after(MINUTE_MS)
    await answer([image('a', 1, 0)])
    expect(sync.state().since).toBe(since)
  })
})

describe('catching up', () => {
  it('is repeated every five minutes, whatever happens', async () => {
    given()
    await connect()
    const asked = source.asked.length
    await after(5 * MINUTE_MS)
    expect(source.asked).toHaveLength(asked + 1)
  })

  it('is never repeated when that is asked for', async () => {
    given({ catchUpEveryMs: Infinity })
    await connect()
    const asked = source.asked.length
    await after(DAY_MS)
    expect(source.asked).toHaveLength(asked)
  })

  it('resolves for all who asked meanwhile with one more question', async () => {
    given()
    await connect()
    const asked = source.asked.length
    const resolved: number[] = []
    void sync.catchUp().then(() => resolved.push(1))
    void sync.catchUp().then(() => resolved.push(2))
    void sync.catchUp().then(() => resolved.push(3))
    await answer([])
    expect(resolved).toEqual([1])
    await answer([])
    expect(resolved).toEqual([1, 2, 3])
    expect(source.asked).toHaveLength(asked + 2)
  })

  it('resolves when it is stopped, and nothing is told or asked from then on', async () => {
    given()
    listener().stands()
    const caughtUp = sync.catchUp()
    await turn()
    sync.stop()
    await caughtUp
    await answer([image('a', 1)], 'more')
    listener().image(image('b', 1))
    listener().failed(new Error('cut off'))
    await after(DAY_MS)
    await sync.catchUp()
    expect({ told, problems, asked: source.asked.length }).toEqual({ told: [], problems: [], asked: 1 })
    expect(source.subscriptions).toMatchObject([{ isOver: true }])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('stopping', () => {
  it.each([
    ['for the subscriptions', () => {}],
    ['to subscribe again', () => listener().failed(new Error('cut off'))],
    ['to catch up once more', async () => {
      listener().stands()
      await answer([])
    }],
    ['to repeat a catch-up', async () => {
      listener().stands()
      await turn()
      lastAsked().refuse(new Error('offline'))
    }],
  ])('ends the wait %s', async (_, begin) => {
    given({ pauseAfter: () => DAY_MS })
    await begin()
    await turn()
    sync.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the state', () => {
  const kept = () => JSON.parse(JSON.stringify(sync.state())) as ReturnType<ImageSync['state']>

  it('is gone on from: nothing is told twice, and what changed meanwhile once', async () => {
    given()
    await connect([image('old', 1, -600), image('a', 1, 0)])
    listener().image(image('b', 9, 3))
    await turn()
    const from = kept()
    sync.stop()
    expect(from).toEqual({
      since: new Date(NOON - MINUTE_MS).toISOString(),
      caughtUpAt: new Date(NOON + 5 * SECOND_MS).toISOString(),
      seen: [image('a', 1, 0), image('b', 9, 3)],
    })
    told = []
    given({ from })
    listener().stands()
    await turn()
    expect(lastAsked().since).toBe(from.since)
    await answer([image('a', 1, 0), image('b', 9, 3), image('old', 2, 4)])
    expect(told).toEqual([image('old', 2, 4)])
  })

  it('does not count what onChange is not done with', async () => {
    given({ onChange: () => new Promise(() => {}) })
    listener().stands()
    await answer([image('a', 1)])
    expect(kept()).toEqual({ since: '1970-01-01T00:00:00.000Z', seen: [] })
  })

  it('is refused when deletions may have been forgotten since, and that is the end', async () => {
    expect(DELETED_ARE_TOLD_FOR_MS).toBe(TOMBSTONE_DAYS * DAY_MS)
    const caughtUpAt = new Date(NOON - DELETED_ARE_TOLD_FOR_MS - 1).toISOString()
    given({ from: { since: caughtUpAt, caughtUpAt }, pauseAfter: () => DAY_MS })
    listener().stands()
    await after(SECOND_MS)
    expect(vi.getTimerCount()).toBe(0)
    expect(problems).toEqual([expect.any(StateTooOld)])
    expect(source.asked).toEqual([])
    expect(source.subscriptions).toMatchObject([{ isOver: true }])
  })
})
