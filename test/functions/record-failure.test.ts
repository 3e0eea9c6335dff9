import { describe, expect, it } from 'vitest'
import { handleArrivals } from '../../functions/lib/batch.ts'
import type { Reported } from '../../functions/lib/outcomes.ts'
import { recordFailure } from '../../functions/lib/record-failure.ts'
import { fixture } from '../fixtures/index.ts'
import { givenDarkroom, MEDIA_KEY, s3Record, sqsEvent } from './given.ts'

const FAILED = { batchItemFailures: [{ itemIdentifier: 'message-1' }] }
const DONE = { batchItemFailures: [] }

/** Handles a dead letter; answers the order of what happened. */
async function giveUp(record?: () => Promise<Reported>, remove = async () => 2) {
  const { services, tallied, reports } = givenDarkroom(await fixture('textAsJpeg'), { ...(record ? { record } : {}) })
  const order: string[] = []
  const renditions = {
    async remove(mediaKey: string) {
      order.push(`remove ${mediaKey} after ${reports.length} report`)
      return remove()
    },
  }
  const response = await handleArrivals(sqsEvent({ Records: [s3Record()] }), {
    handle: (arrival) => recordFailure(arrival, { ...services, renditions }),
    unreadable: 'drop',
    log: services.log,
    finish: async () => void order.push('keep the event'),
  })
  return { response, order, tallied }
}

describe('the dead-letter queue', () => {
  it('has FAILED recorded first, then removes what was made, and keeps the event last', async () => {
    const { response, order, tallied } = await giveUp()
    expect(order).toEqual([`remove ${MEDIA_KEY} after 1 report`, 'keep the event'])
    expect([response, tallied]).toEqual([DONE, ['failed']])
  })

  it.each(['already-finished', 'unknown-image'] as const)('removes nothing of an image that is %s', async (kind) => {
    const { response, order, tallied } = await giveUp(async () => ({ kind }))
    expect([response, order, tallied]).toEqual([DONE, ['keep the event'], []])
  })

  it('keeps a message while the API cannot be reached', async () => {
    const { response, order } = await giveUp(async () => Promise.reject(new Error('unreachable')))
    expect([response, order]).toEqual([FAILED, []])
  })

  it('keeps a message while S3 does not remove', async () => {
    const { response, tallied } = await giveUp(undefined, async () => Promise.reject(new Error('SlowDown')))
    expect([response, tallied]).toEqual([FAILED, []])
  })
})
