import { describe, expect, it } from 'vitest'
import type { Arrival } from '../../functions/lib/arrivals.ts'
import { handleArrivals } from '../../functions/lib/batch.ts'
import { givenLog, OWNER, s3Record, sqsEvent } from './given.ts'

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

  it('tells of its originals that their owner has them developed once more, under which media key', async () => {
    const text = (stringValue: string) => ({ dataType: 'String', stringValue }) as const
    const event = sqsEvent({ Records: [record('A')] }, { Records: [record('B')] })
    event.Records[0]!.messageAttributes = { mediaKey: text('new'), replacesMediaKey: text('old') }
    event.Records[1]!.messageAttributes = { mediaKey: text('new') }
    const marks: unknown[] = []
    const handle = async ({ reprocessed }: Arrival) => void marks.push(reprocessed)
    await handleArrivals(event, { log: givenLog().log, unreadable: 'fail', handle })
    expect(marks).toEqual([{ mediaKey: 'new', replacesMediaKey: 'old' }, undefined])
  })

  it('gives its id to its originals, which is what they are claimed by', async () => {
    const claims: string[] = []
    const handle = async ({ messageId }: { messageId: string }) => void claims.push(messageId)
    const event = sqsEvent({ Records: [record('A'), record('B')] }, { Records: [record('C')] })
    await handleArrivals(event, { log: givenLog().log, unreadable: 'fail', handle })
    expect(claims).toEqual(['message-1', 'message-1', 'message-2'])
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
