import {
  CancelMessageMoveTaskCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arnOf, givenSqs, queueResource, urlOf, type GivenSqs } from './given.ts'

const RESOURCES = [
  queueResource('dead'),
  queueResource('jobs', { RedrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 } }),
]
const VISIBILITY_TIMEOUT_MS = 30_000
let given: GivenSqs

beforeEach(async () => {
  given = await givenSqs(RESOURCES)
})
afterEach(() => given.stop())

const send = (MessageBody: string, queue = 'jobs') =>
  given.client.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody }))

const receive = async (queue: string) => {
  const command = new ReceiveMessageCommand({
    QueueUrl: urlOf(queue), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'],
  })
  return (await given.client.send(command)).Messages ?? []
}

/** Receives everything of `jobs` as often as it may be, and lets it go. */
async function exhaust(): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    await receive('jobs')
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
  }
}

describe('redrive', () => {
  it('moves a message to the dead-letter queue once it was received maxReceiveCount times', async () => {
    const { MessageId } = await send('poison')
    expect(await receive('jobs')).toHaveLength(1)
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    expect(await receive('jobs')).toHaveLength(1)
    given.clock.advance(VISIBILITY_TIMEOUT_MS)
    expect(await receive('dead')).toEqual([])
    expect(await receive('jobs')).toEqual([])
    const [dead] = await receive('dead')
    expect(dead).toMatchObject({ MessageId, Body: 'poison', Attributes: { DeadLetterQueueSourceArn: arnOf('jobs') } })
  })

  it('wakes who listens at the dead-letter queue', async () => {
    await send('poison')
    const woken = new Promise<void>((resolve) => void given.sqs.onMessage(arnOf('dead'), resolve))
    await exhaust()
    await woken
    expect(await receive('dead')).toHaveLength(1)
  })
})

describe('a message move task', () => {
  const start = (options: { DestinationArn?: string; MaxNumberOfMessagesPerSecond?: number } = {}) =>
    given.client.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead'), ...options }))
  const list = async () =>
    (await given.client.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead') }))).Results?.[0]

  it('returns messages to the queue they came from, as new messages', async () => {
    const { MessageId } = await send('poison')
    await exhaust()
    await start()
    expect(await list()).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 })
    const [message] = await receive('jobs')
    expect(message).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } })
    expect(message?.MessageId).not.toBe(MessageId)
    expect(message?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn')
  })

  it('keeps to the rate it was told, and can be cancelled', async () => {
    await send('one')
    await send('two')
    await send('three')
    await exhaust()
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 1 })
    expect(await list()).toMatchObject({ Status: 'RUNNING', ApproximateNumberOfMessagesToMove: 3 })
    await expect(start()).rejects.toMatchObject({ name: 'UnsupportedOperation' })
    given.clock.advance(1_000)
    const cancelled = await given.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(2)
    given.clock.advance(10_000)
    expect(await list()).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 })
  })

  it('fails for a message that was sent to the dead-letter queue itself, unless a destination is named', async () => {
    await send('stray', 'dead')
    await start()
    expect(await list()).toMatchObject({ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' })
    await start({ DestinationArn: arnOf('jobs') })
    expect(await receive('jobs')).toHaveLength(1)
  })

  it("refuses a queue that is nobody's dead-letter queue, and one that does not exist", async () => {
    const command = new StartMessageMoveTaskCommand({ SourceArn: arnOf('jobs') })
    await expect(given.client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
    const missing = new StartMessageMoveTaskCommand({ SourceArn: arnOf('missing') })
    await expect(given.client.send(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('what outlives a crash', () => {
  it('keeps messages, shows at once those that were in flight, and keeps their receive counts', async () => {
    await send('one')
    await send('two')
    const [one, two] = await receive('jobs')
    await given.client.send(new DeleteMessageCommand({ QueueUrl: urlOf('jobs'), ReceiptHandle: two?.ReceiptHandle }))
    given.restart()
    const messages = await receive('jobs')
    expect(messages).toMatchObject([{ MessageId: one?.MessageId, Attributes: { ApproximateReceiveCount: '2' } }])
  })

  it('keeps what was moved to the dead-letter queue there', async () => {
    await send('poison')
    await exhaust()
    given.restart()
    expect(await receive('jobs')).toEqual([])
    expect(await receive('dead')).toHaveLength(1)
  })

  it('forgets the messages of a queue that left the template', async () => {
    await send('one')
    given.restart([queueResource('dead')])
    given.restart(RESOURCES)
    expect(await receive('jobs')).toEqual([])
  })
})
