import {
  ListMessageMoveTasksCommand, ListQueuesCommand, ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand,
  StartMessageMoveTaskCommand, type SendMessageCommandInput,
} from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as limits from '../../local/sqs/limits.ts'
import { arnOf, givenSqs, OPERATOR, queueResource, urlOf, type GivenSqs } from '../local/sqs/given.ts'

const QueueUrl = urlOf('jobs')
const redrive = (maxReceiveCount: number) => ({
  RedrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount },
})

let given: GivenSqs
beforeEach(async () => {
  given = await givenSqs([queueResource('jobs', redrive(1)), queueResource('dead')])
})
afterEach(() => given.stop())

describe('a queue of the template takes, and refuses one beyond:', () => {
  const ends: [name: string, last: object, beyond: object][] = [
    ['MIN_MAXIMUM_MESSAGE_BYTES', { MaximumMessageSize: limits.MIN_MAXIMUM_MESSAGE_BYTES },
      { MaximumMessageSize: limits.MIN_MAXIMUM_MESSAGE_BYTES - 1 }],
    ['MAX_MESSAGE_BYTES', { MaximumMessageSize: limits.MAX_MESSAGE_BYTES },
      { MaximumMessageSize: limits.MAX_MESSAGE_BYTES + 1 }],
    ['MIN_RETENTION_SECONDS', { MessageRetentionPeriod: limits.MIN_RETENTION_SECONDS },
      { MessageRetentionPeriod: limits.MIN_RETENTION_SECONDS - 1 }],
    ['MAX_RETENTION_SECONDS', { MessageRetentionPeriod: limits.MAX_RETENTION_SECONDS },
      { MessageRetentionPeriod: limits.MAX_RETENTION_SECONDS + 1 }],
    ['MAX_VISIBILITY_TIMEOUT_SECONDS', { VisibilityTimeout: limits.MAX_VISIBILITY_TIMEOUT_SECONDS },
      { VisibilityTimeout: limits.MAX_VISIBILITY_TIMEOUT_SECONDS + 1 }],
    ['MAX_DELAY_SECONDS', { DelaySeconds: limits.MAX_DELAY_SECONDS }, { DelaySeconds: limits.MAX_DELAY_SECONDS + 1 }],
    ['MAX_WAIT_SECONDS', { ReceiveMessageWaitTimeSeconds: limits.MAX_WAIT_SECONDS },
      { ReceiveMessageWaitTimeSeconds: limits.MAX_WAIT_SECONDS + 1 }],
    ['MAX_MAX_RECEIVE_COUNT', redrive(limits.MAX_MAX_RECEIVE_COUNT), redrive(limits.MAX_MAX_RECEIVE_COUNT + 1)],
  ]

  it.each(ends)('%s', (_name, last, beyond) => {
    const deploy = (properties: object) =>
      given.restart([queueResource('edge', { ...properties }), queueResource('dead')])
    expect(() => deploy(last)).not.toThrow()
    expect(() => deploy(beyond)).toThrow(expect.objectContaining({ name: 'InvalidAttributeValue' }))
  })

  it('QUEUE_NAME: 80 characters', () => {
    expect(() => given.restart([queueResource('q'.repeat(80))])).not.toThrow()
    expect(() => given.restart([queueResource('q'.repeat(81))])).toThrow(`like ${limits.QUEUE_NAME}`)
  })
})

it('a queue that says nothing has QUEUE_DEFAULTS', async () => {
  const { Attributes } = await given.sqs.call(
    'GetQueueAttributes', { QueueUrl: urlOf('dead'), AttributeNames: ['All'] }, OPERATOR,
  ) as { Attributes: Record<string, string> }
  const { delaySeconds, maximumMessageBytes, retentionSeconds, waitSeconds, visibilityTimeoutSeconds } =
    limits.QUEUE_DEFAULTS
  expect(Attributes).toMatchObject({
    DelaySeconds: String(delaySeconds),
    MaximumMessageSize: String(maximumMessageBytes),
    MessageRetentionPeriod: String(retentionSeconds),
    ReceiveMessageWaitTimeSeconds: String(waitSeconds),
    VisibilityTimeout: String(visibilityTimeoutSeconds),
  })
})

describe('a message', () => {
  const send = (more: Partial<SendMessageCommandInput>) =>
    given.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...more }))
  const refused = { name: 'InvalidParameterValue' }
  const value = { DataType: 'String', StringValue: 'x' }
  const attributes = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, value]))

  it('may wait MAX_DELAY_SECONDS and no longer', async () => {
    await expect(send({ DelaySeconds: limits.MAX_DELAY_SECONDS })).resolves.toBeDefined()
    await expect(send({ DelaySeconds: limits.MAX_DELAY_SECONDS + 1 })).rejects.toMatchObject(refused)
  })

  it('may have MAX_MESSAGE_ATTRIBUTES and no more', async () => {
    await expect(send({ MessageAttributes: attributes(limits.MAX_MESSAGE_ATTRIBUTES) })).resolves.toBeDefined()
    await expect(send({ MessageAttributes: attributes(limits.MAX_MESSAGE_ATTRIBUTES + 1) }))
      .rejects.toMatchObject(refused)
  })

  it('names its attributes with MAX_ATTRIBUTE_NAME_LENGTH characters and no more', async () => {
    const named = (length: number) => send({ MessageAttributes: { ['n'.repeat(length)]: value } })
    await expect(named(limits.MAX_ATTRIBUTE_NAME_LENGTH)).resolves.toBeDefined()
    await expect(named(limits.MAX_ATTRIBUTE_NAME_LENGTH + 1)).rejects.toMatchObject(refused)
  })

  it('holds all but FORBIDDEN_CHARACTERS', async () => {
    for (const good of ['\t', '\u{20}', '\u{D7FF}', '\u{E000}', '\u{10FFFF}']) {
      expect(limits.FORBIDDEN_CHARACTERS.test(good)).toBe(false)
      await expect(send({ MessageBody: `a${good}` })).resolves.toBeDefined()
    }
    for (const bad of ['\u{8}', '\u{1F}', '\u{FFFE}']) {
      await expect(send({ MessageBody: `a${bad}` })).rejects.toMatchObject({ name: 'InvalidMessageContents' })
    }
  })
})

it('a batch has MAX_BATCH_ENTRIES with ids of BATCH_ENTRY_ID and no more', async () => {
  const batch = (ids: string[]) =>
    given.client.send(new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })) }))
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`)
  await expect(batch(ids(limits.MAX_BATCH_ENTRIES))).resolves.toBeDefined()
  await expect(batch(ids(limits.MAX_BATCH_ENTRIES + 1))).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' })
  const [last, beyond] = ['i'.repeat(80), 'i'.repeat(81)]
  expect([limits.BATCH_ENTRY_ID.test(last), limits.BATCH_ENTRY_ID.test(beyond)]).toEqual([true, false])
  await expect(batch([last])).resolves.toBeDefined()
  await expect(batch([beyond])).rejects.toMatchObject({ name: 'InvalidBatchEntryId' })
})

it('a receive waits MAX_WAIT_SECONDS and no longer', async () => {
  const receive = (WaitTimeSeconds: number) =>
    given.client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }))
  await given.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
  expect((await receive(limits.MAX_WAIT_SECONDS)).Messages).toHaveLength(1)
  await expect(receive(limits.MAX_WAIT_SECONDS + 1)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
})

it('MAX_IN_FLIGHT_MESSAGES may be in flight and no more', async () => {
  const receive = (maxMessages: number) =>
    given.sqs.receive(arnOf('dead'), { maxMessages, waitSeconds: 0 }, OPERATOR)
  for (let sent = 0; sent <= limits.MAX_IN_FLIGHT_MESSAGES; sent += 1) {
    given.sqs.send(arnOf('dead'), { body: 'x' }, OPERATOR)
  }
  // In one go: as many receives of ten would take as long as all the other tests.
  expect(await receive(limits.MAX_IN_FLIGHT_MESSAGES)).toHaveLength(limits.MAX_IN_FLIGHT_MESSAGES)
  await expect(receive(1)).rejects.toMatchObject({ name: 'OverLimit' })
}, 60_000)

it('ListQueues answers MAX_LISTED_QUEUES and no more', async () => {
  const queues = (count: number) => Array.from({ length: count }, (_, index) => queueResource(`q${index}`))
  const listed = async () => (await given.client.send(new ListQueuesCommand({}))).QueueUrls?.length
  given.restart(queues(limits.MAX_LISTED_QUEUES))
  expect(await listed()).toBe(limits.MAX_LISTED_QUEUES)
  given.restart(queues(limits.MAX_LISTED_QUEUES + 1))
  expect(await listed()).toBe(limits.MAX_LISTED_QUEUES)
})

describe('a message move task', () => {
  const start = (MaxNumberOfMessagesPerSecond: number) =>
    given.client.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead'), MaxNumberOfMessagesPerSecond }))
  const list = (MaxResults: number) =>
    given.client.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead'), MaxResults }))

  it('moves MAX_MOVED_PER_SECOND at most', async () => {
    await expect(start(limits.MAX_MOVED_PER_SECOND)).resolves.toBeDefined()
    await expect(start(limits.MAX_MOVED_PER_SECOND + 1)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })

  it('is listed among MAX_LISTED_MOVE_TASKS at most', async () => {
    for (let task = 0; task <= limits.MAX_LISTED_MOVE_TASKS; task += 1) await start(1)
    expect((await list(limits.MAX_LISTED_MOVE_TASKS)).Results).toHaveLength(limits.MAX_LISTED_MOVE_TASKS)
    await expect(list(limits.MAX_LISTED_MOVE_TASKS + 1)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })
})
