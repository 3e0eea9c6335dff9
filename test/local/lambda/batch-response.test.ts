import { describe, expect, it } from 'vitest'
import { readBatchResponse } from '../../../local/lambda/batch-response.ts'
import { toEvents } from '../../../local/lambda/sqs-event.ts'

const IDS = ['a', 'b']

describe('a batch response', () => {
  it.each([
    ['null', null],
    ['empty', {}],
    ['without failures', { batchItemFailures: [] }],
    ['with null for failures', { batchItemFailures: null }],
  ])('that is %s is complete success', (_, response) => {
    expect(readBatchResponse(response, IDS)).toEqual({ failedIds: new Set() })
  })

  it.each([
    ['no object', 'done'],
    ['no list', { batchItemFailures: 'a' }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null id', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a wrong key', { batchItemFailures: [{ messageId: 'a' }] }],
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'c' }] }],
  ])('with %s is complete failure', (_, response) => {
    expect(readBatchResponse(response, IDS)).toHaveProperty('malformed')
  })

  it('names what failed', () => {
    const response = { batchItemFailures: [{ itemIdentifier: 'b' }] }
    expect(readBatchResponse(response, IDS)).toEqual({ failedIds: new Set(['b']) })
  })
})

it('cuts a batch into events of at most 6 MB', () => {
  const record = (messageId: string) => ({
    messageId,
    receiptHandle: '',
    body: 'x'.repeat(1_048_576),
    attributes: {
      ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: '', ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  })
  const events = toEvents(Array.from({ length: 10 }, (_, index) => record(String(index))))
  expect(events.map(({ Records }) => Records.length)).toEqual([5, 5])
  for (const event of events) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(6_291_456)
})
