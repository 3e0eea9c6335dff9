import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { givenSqs, queueResource, urlOf, type GivenSqs } from './given.ts'

const QueueUrl = urlOf('jobs')
let given: GivenSqs

beforeEach(async () => {
  given = await givenSqs([queueResource('jobs', { VisibilityTimeout: 60 })])
})
afterEach(() => given.stop())

const send = (MessageBody: string, DelaySeconds?: number) =>
  given.client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }))

async function receive(options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
  return (await given.client.send(new ReceiveMessageCommand({ QueueUrl, ...options }))).Messages ?? []
}

const bodies = (messages: Message[]): (string | undefined)[] => messages.map((message) => message.Body)

describe('a message', () => {
  it('arrives with its attributes, counts and digests, which the client checks', async () => {
    await given.client.send(new SendMessageCommand({
      QueueUrl,
      MessageBody: 'grüße',
      MessageAttributes: {
        origin: { DataType: 'String', StringValue: 'camera' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
      },
    }))
    const sentAt = given.clock.now()
    given.clock.advance(5_000)
    const [message] = await receive({ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] })
    expect(message?.Body).toBe('grüße')
    expect(message?.Attributes).toMatchObject({
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(sentAt + 5_000),
    })
    expect(message?.MessageAttributes?.['raw']?.BinaryValue).toEqual(new Uint8Array([0, 255]))
    expect(message?.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/)
  })

  it('carries only the attributes that were asked for', async () => {
    const attribute = { DataType: 'String', StringValue: 'x' }
    await given.client.send(new SendMessageCommand({
      QueueUrl,
      MessageBody: 'one',
      MessageAttributes: { 'exif.lens': attribute, 'exif.iso': attribute, other: attribute },
    }))
    const asked = { MessageAttributeNames: ['exif.*'], MessageSystemAttributeNames: ['SentTimestamp' as const] }
    const [message] = await receive(asked)
    expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(['exif.iso', 'exif.lens'])
    expect(Object.keys(message?.Attributes ?? {})).toEqual(['SentTimestamp'])
  })

  it('is hidden while in flight, comes back after the visibility timeout, and is gone once deleted', async () => {
    await send('one')
    expect(bodies(await receive())).toEqual(['one'])
    expect(await receive()).toEqual([])
    given.clock.advance(60_000)
    const [again] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2')
    await given.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }))
    given.clock.advance(60_000)
    expect(await receive()).toEqual([])
  })

  it('is not deleted by the handle of an earlier receive, which succeeds all the same', async () => {
    await send('one')
    const [first] = await receive()
    given.clock.advance(60_000)
    await receive()
    await given.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }))
    given.clock.advance(60_000)
    expect(bodies(await receive())).toEqual(['one'])
  })

  it('appears when its delay is over', async () => {
    await send('later', 10)
    expect(await receive()).toEqual([])
    given.clock.advance(10_000)
    expect(bodies(await receive())).toEqual(['later'])
  })

  it('is dropped when it is older than the retention period', async () => {
    await send('old')
    given.clock.advance(345_600_000)
    expect(await receive()).toEqual([])
  })

  it('returns at once when its visibility is changed to 0, later when it is extended', async () => {
    await send('one')
    const [message] = await receive()
    const change = (VisibilityTimeout: number) =>
      given.client.send(new ChangeMessageVisibilityCommand({
        QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout,
      }))
    await change(90)
    given.clock.advance(89_999)
    expect(await receive()).toEqual([])
    await change(0)
    expect(bodies(await receive())).toEqual(['one'])
  })
})

describe('a long poll', () => {
  /** Resolves once the server holds the poll. */
  const held = async (): Promise<void> => {
    while (given.clock.pending === 0) await new Promise((resolve) => setImmediate(resolve))
  }

  it('answers as soon as a message is sent', async () => {
    const poll = receive({ WaitTimeSeconds: 20 })
    await held()
    await send('one')
    expect(bodies(await poll)).toEqual(['one'])
  })

  it('answers as soon as a message in flight becomes visible', async () => {
    await send('one')
    await receive({ VisibilityTimeout: 7 })
    const poll = receive({ WaitTimeSeconds: 20 })
    await held()
    given.clock.advance(7_000)
    expect(bodies(await poll)).toEqual(['one'])
  })

  it('answers with nothing when its time is over', async () => {
    const poll = receive({ WaitTimeSeconds: 3 })
    await held()
    given.clock.advance(3_000)
    expect(await poll).toEqual([])
  })

  it('shares what arrives among those who wait', async () => {
    const polls = [receive({ WaitTimeSeconds: 20 }), receive({ WaitTimeSeconds: 20 })]
    while (given.clock.pending < 2) await new Promise((resolve) => setImmediate(resolve))
    await send('one')
    await send('two')
    expect((await Promise.all(polls)).flatMap(bodies).sort()).toEqual(['one', 'two'])
  })
})

it('counts visible, delayed and in-flight messages', async () => {
  await send('in flight')
  await receive()
  await send('visible')
  await send('delayed', 30)
  const { Attributes } = await given.client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesDelayed: '1',
    ApproximateNumberOfMessagesNotVisible: '1',
    VisibilityTimeout: '60',
    MessageRetentionPeriod: '345600',
    MaximumMessageSize: '1048576',
  })
})
