import { describe, expect, it } from 'vitest'
import { handleArrivals } from '../../functions/lib/batch.ts'
import { recordFailure } from '../../functions/lib/record-failure.ts'
import { fixture } from '../fixtures/index.ts'
import { givenDarkroom, givenLog, OWNER, s3Record, sqsEvent } from './given.ts'

const record = (id: string) => s3Record({ key: `originals/${OWNER}/${id}` })
const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) })

/** Handles a batch in which the originals with these ids fail. */
async function handle(
  event: ReturnType<typeof sqsEvent>,
  failing: string[] = [],
  unreadable: 'fail' | 'drop' = 'fail',
) {
  const { log, lines } = givenLog()
  const order: string[] = []
  const response = await handleArrivals(event, {
    log,
    unreadable,
    async handle({ id }) {
      order.push(`${id} starts`)
      await Promise.resolve()
      if (failing.includes(id)) throw new Error(`${id} fails`)
      order.push(`${id} ends`)
    },
  })
  return { response, order, lines }
}

describe('a message', () => {
  const finished: string[] = []
  const run = (event: ReturnType<typeof sqsEvent>, failing = false) => {
    finished.length = 0
    const seen: unknown[] = []
    const done = handleArrivals(event, {
      log: givenLog().log,
      unreadable: 'drop',
      async handle({ redriven }) {
        seen.push(redriven)
        if (failing) throw new Error('fails')
      },
      finish: async ({ messageId }) => void finished.push(messageId),
    })
    return done.then(() => seen)
  }

  it('is finished once all of its originals are, and not when it holds none or one failed', async () => {
    await run(sqsEvent({ Records: [record('A'), record('B')] }, 'hello', { Event: 's3:TestEvent' }))
    expect(finished).toEqual(['message-1'])
    await run(sqsEvent({ Records: [record('A')] }), true)
    expect(finished).toEqual([])
  })

  it('tells of its originals that an operator sent it, by its attribute and by nothing that S3 writes', async () => {
    const event = sqsEvent({ Records: [record('A')] }, { Records: [record('B')], redriven: 'yes' })
    event.Records[0]!.messageAttributes = { redriven: { dataType: 'String', stringValue: 'now' } }
    expect(await run(event)).toEqual([true, undefined])
  })
})

describe('a batch', () => {
  it('is handled one original after the other, and done', async () => {
    const { response, order } = await handle(
      sqsEvent({ Records: [record('A'), record('B')] }, { Records: [record('C')] }),
    )
    expect(order).toEqual(['A starts', 'A ends', 'B starts', 'B ends', 'C starts', 'C ends'])
    expect(response).toEqual(failures())
  })

  it('answers the messages that failed, and only those', async () => {
    const event = sqsEvent({ Records: [record('A')] }, { Records: [record('B')] }, { Records: [record('C')] })
    const { response, lines } = await handle(event, ['B'])
    expect(response).toEqual(failures('message-2'))
    expect(lines).toMatchObject([{ level: 'error', details: { messageId: 'message-2', imageId: 'B' } }])
  })

  it('answers all of them when all failed, and does not throw', async () => {
    const { response } = await handle(sqsEvent({ Records: [record('A')] }, { Records: [record('B')] }), ['A', 'B'])
    expect(response).toEqual(failures('message-1', 'message-2'))
  })

  it('does the other records of a message in which one fails', async () => {
    const { response, order } = await handle(sqsEvent({ Records: [record('A'), record('B')] }), ['A'])
    expect(order).toEqual(['A starts', 'B starts', 'B ends'])
    expect(response).toEqual(failures('message-1'))
  })

  it('is done with a test event and with records about no original', async () => {
    const { response, order, lines } = await handle(
      sqsEvent({ Event: 's3:TestEvent' }, { Records: [s3Record({ key: 'x' })] }),
    )
    expect([response, order]).toEqual([failures(), []])
    expect(lines).toMatchObject([{ level: 'warn', details: { key: 'x' } }])
  })

  it('fails a message that is no S3 event on to the dead-letter queue, and drops it there', async () => {
    const event = sqsEvent('hello', { Records: [record('A')] })
    expect((await handle(event)).response).toEqual(failures('message-1'))
    const { response, lines, order } = await handle(event, [], 'drop')
    expect([response, order]).toEqual([failures(), ['A starts', 'A ends']])
    expect(lines).toMatchObject([{ level: 'error', message: 'message is no S3 event' }])
  })
})

describe('the dead-letter queue', () => {
  it('leaves finished and unknown images alone', async () => {
    for (const kind of ['already-finished', 'unknown-image'] as const) {
      const { services, tallied } = givenDarkroom(await fixture('textAsJpeg'), { record: async () => ({ kind }) })
      const response = await handleArrivals(sqsEvent({ Records: [s3Record()] }), {
        handle: (arrival) => recordFailure(arrival, services),
        unreadable: 'drop',
        log: services.log,
      })
      expect([response, tallied]).toEqual([failures(), []])
    }
  })

  it('keeps a message while the API cannot be reached', async () => {
    const record = async () => Promise.reject(new Error('unreachable'))
    const { services } = givenDarkroom(await fixture('textAsJpeg'), { record })
    const response = await handleArrivals(sqsEvent({ Records: [s3Record()] }), {
      handle: (arrival) => recordFailure(arrival, services),
      unreadable: 'drop',
      log: services.log,
    })
    expect(response).toEqual(failures('message-1'))
  })
})
